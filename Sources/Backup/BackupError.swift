/// What keeps a backup from being written or restored: which file or folder, and how.
package struct BackupError: Error, Hashable, Sendable, CustomStringConvertible {
    package var place: String
    package var problem: String

    init(_ place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    package var description: String { "\(place): \(problem)" }
}
