/// What the stores refuse by themselves, beyond what SQLite says.
package enum StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    case closed
    /// The file was written by a newer program.
    case newerDatabase(found: Int, known: Int)
    /// What SQLite finds wrong with the file.
    case damaged(String)

    package var description: String {
        switch self {
        case .closed:
            "the database is closed"
        case .newerDatabase(let found, let known):
            "the database has version \(found), this program knows up to \(known): install the newer program, "
                + "or restore a backup made before the upgrade"
        case .damaged(let problem):
            "the database is damaged: \(problem)"
        }
    }
}
