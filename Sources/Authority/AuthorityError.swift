/// Which of the authority's files is not as it must be, and how.
package struct AuthorityError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path of the file or folder.
    package var file: String
    package var reason: String

    package init(_ file: String, _ reason: String) {
        self.file = file
        self.reason = reason
    }

    package var description: String { "\(file): \(reason)" }
}
