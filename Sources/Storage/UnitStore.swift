package import SQLite
package import Vocabulary

/// The organisation's units: who owns, holds rights and is written to.
package struct UnitStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Unit: Hashable, Sendable {
        package var name: String
        package var title: String
        /// A word of the organisation's own, e.g. `commune`.
        package var level: String
        /// Empty for the root of a tree.
        package var parent: String
        /// What other registers know it by.
        package var code: String
        /// Days as `2023-04-05`; empty: always, still.
        package var begins: String
        package var ends: String

        package init(
            name: String, title: String, level: String = "", parent: String = "", code: String = "",
            begins: String = "", ends: String = ""
        ) {
            self.name = name
            self.title = title
            self.level = level
            self.parent = parent
            self.code = code
            self.begins = begins
            self.ends = ends
        }
    }

    package func all(scope: Scope) throws -> [Unit] {
        let filter = ScopeFilter(scope, column: "name")
        return try connection.rows(
            "SELECT \(Self.columns) FROM unit WHERE \(filter.sql) ORDER BY name", arguments: filter.arguments, as: unit)
    }

    package func unit(named name: String, scope: Scope) throws -> Unit? {
        let filter = ScopeFilter(scope, column: "name")
        return try connection.rows(
            "SELECT \(Self.columns) FROM unit WHERE name = ? AND \(filter.sql)", arguments: [name] + filter.arguments,
            as: unit
        ).first
    }

    /// The unit and everything below it; a circle, which the collector never lets in, ends.
    package func subtree(of name: String) throws -> Set<String> {
        Set(
            try connection.rows(
                """
                WITH RECURSIVE below (name) AS (
                    SELECT name FROM unit WHERE name = ?
                    UNION SELECT unit.name FROM unit JOIN below ON unit.parent = below.name)
                SELECT name FROM below
                """, name
            ) { $0.text(0) })
    }

    /// Adds a unit or brings a known one to these values.
    package func put(_ unit: Unit) throws {
        try connection.run(
            """
            INSERT INTO unit (name, title, level, parent, code, begins, ends)
            VALUES (?, ?, ?, nullif(?, ''), ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                title = excluded.title, level = excluded.level, parent = excluded.parent, code = excluded.code,
                begins = excluded.begins, ends = excluded.ends
            """, unit.name, unit.title, unit.level, unit.parent, unit.code, unit.begins, unit.ends)
    }

    package func remove(_ name: String) throws {
        try connection.run("DELETE FROM unit WHERE name = ?", name)
    }

    private static let columns = "name, title, level, parent, code, begins, ends"

    private func unit(_ row: borrowing Row) -> Unit {
        Unit(
            name: row.text(0), title: row.text(1), level: row.text(2), parent: row.text(3), code: row.text(4),
            begins: row.text(5), ends: row.text(6))
    }
}
