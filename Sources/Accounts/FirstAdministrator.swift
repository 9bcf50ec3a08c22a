import Foundation
package import Storage
package import Vocabulary

/// The administrator that a new collector begins with, and the one-time password they sign in with.
package struct FirstAdministrator: Sendable {
    package static let name = "admin"

    private let folder: String
    private let database: Database

    /// `folder` is the collector's state folder.
    package init(folder: String, database: Database) {
        self.folder = folder
        self.database = database
    }

    /// Makes `admin` when there is nobody yet; once its password was changed, the file that told the first one goes.
    package func makeIfNobody(at now: Instant) async throws {
        let (count, person) = try await database.read { connection in
            (try PersonStore(connection).count(), try PersonStore(connection).person(named: Self.name))
        }
        guard count > 0 else {
            _ = try await PasswordReset(folder: folder, database: database).reset(Self.name, at: now)
            return
        }
        let path = PasswordReset.file(in: folder)
        if person?.mustChangePassword != true, FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
    }
}
