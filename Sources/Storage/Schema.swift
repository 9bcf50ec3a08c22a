package import SQLite

/// The versions of the database: each is frozen SQL text, never changed once it has shipped.
package enum Schema {
    private static let migrations = [
        Migrations.v1, Migrations.v2, Migrations.v3, Migrations.v4, Migrations.v5, Migrations.v6, Migrations.v7,
        Migrations.v8, Migrations.v9, Migrations.v10,
    ]

    package static var version: Int { migrations.count }

    /// Brings the database to the newest version, each step in a transaction of its own; tests stop at an earlier one.
    package static func migrate(_ connection: Connection, to last: Int = version) throws {
        let found = Int(try connection.row("PRAGMA user_version") { $0.integer(0) } ?? 0)
        guard found <= version else {
            throw StorageError.newerDatabase(found: found, known: version)
        }
        for step in min(found, last)..<last {
            try connection.transaction {
                try connection.script(migrations[step])
                try connection.script("PRAGMA user_version = \(step + 1)")
            }
        }
    }
}

/// Holds one frozen text a file.
enum Migrations {}
