package import SQLite
package import Vocabulary

/// Named credentials, sealed before they come here: this store never sees one in the clear.
package struct SecretStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package func put(_ name: String, sealed: [UInt8], at now: Instant) throws {
        try connection.run(
            """
            INSERT INTO secret (name, sealed, changed) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, changed = excluded.changed
            """, name, sealed, now.microseconds)
    }

    package func sealed(_ name: String) throws -> [UInt8]? {
        try connection.row("SELECT sealed FROM secret WHERE name = ?", name) { $0.blob(0) }
    }
}
