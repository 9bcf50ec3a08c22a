import Keys
package import Storage
package import Vocabulary

/// Gives a person a new one-time password: who can write the state folder may do that, nobody else needs to.
package struct PasswordReset: Sendable {
    private let folder: String
    private let database: Database

    package init(folder: String, database: Database) {
        self.folder = folder
        self.database = database
    }

    /// Where the newest one-time password lies, mode 0600.
    package static func file(in folder: String) -> String {
        "\(folder)/initial-password"
    }

    /// The new password; every session of the person has ended.
    package func reset(_ name: String, at now: Instant) async throws -> String {
        let password = try OneTimePassword.make()
        let hash = try PasswordHash(hashing: password).description
        // The file first: a crash in between leaves a file that opens nothing, never a password nobody knows.
        try PrivateFile.write("\(password)\n", to: Self.file(in: folder))
        try await database.write { connection in
            try PersonStore(connection).setPassword(name, hash: hash, mustChange: true, at: now)
            try AuditStore(connection).write(.init(at: now, who: "machine", action: "reset-password", subject: name))
        }
        return password
    }
}
