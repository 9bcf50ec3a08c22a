package import SQLite
package import Vocabulary

/// Who is told of what, and how.
package struct RouteStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Route: Hashable, Sendable {
        package var name: String
        package var importance: Set<Importance>
        /// `vi` or `en`.
        package var language: String
        /// The channel's settings as JSON, as the channel's own type writes them.
        package var channel: String

        package init(name: String, importance: Set<Importance>, language: String, channel: String) {
            self.name = name
            self.importance = importance
            self.language = language
            self.channel = channel
        }
    }

    package func all() throws -> [Route] {
        try connection.rows("SELECT name, importance, language, channel FROM route ORDER BY name", as: route)
    }

    package func route(named name: String) throws -> Route? {
        try connection.row("SELECT name, importance, language, channel FROM route WHERE name = ?", name, as: route)
    }

    package func put(_ route: Route) throws {
        let importance = Importance.allCases.filter(route.importance.contains).map(\.rawValue).joined(separator: ",")
        try connection.run(
            """
            INSERT INTO route (name, importance, language, channel) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                importance = excluded.importance, language = excluded.language, channel = excluded.channel
            """, route.name, importance, route.language, route.channel)
    }

    package func remove(_ name: String) throws {
        try connection.run("DELETE FROM route WHERE name = ?", name)
    }

    private func route(_ row: borrowing Row) -> Route {
        Route(
            name: row.text(0),
            importance: Set(row.text(1).split(separator: ",").compactMap { Importance(rawValue: String($0)) }),
            language: row.text(2), channel: row.text(3))
    }
}
