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

    /// A secret as a list shows it.
    package struct Listed: Hashable, Sendable {
        package var name: String
        package var changed: Instant
    }

    package func all() throws -> [Listed] {
        try connection.rows("SELECT name, changed FROM secret ORDER BY name") { row in
            Listed(name: row.text(0), changed: Instant(microseconds: row.integer(1)))
        }
    }

    /// Whether there was one to remove.
    package func remove(_ name: String) throws -> Bool {
        try connection.run("DELETE FROM secret WHERE name = ?", name)
        return connection.changes > 0
    }

    package func sealed(_ name: String) throws -> [UInt8]? {
        try connection.row("SELECT sealed FROM secret WHERE name = ?", name) { $0.blob(0) }
    }
}
