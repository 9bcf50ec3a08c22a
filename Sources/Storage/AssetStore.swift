package import SQLite
package import Vocabulary

/// The things we own or depend on.
package struct AssetStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Asset: Hashable, Sendable {
        package var id: Int64
        package var name: String
        /// What people call it; empty when the book does not say.
        package var title: String
        package var assetClass: String
        package var address: String
        package var url: String
        /// The unit that owns it, empty when none does; the site likewise.
        package var unit: String
        package var site: String
        package var importance: String
        /// When it is expected to be on; empty: always.
        package var hours: String
        /// `fold` or `tell`: what becomes of failures that come and go.
        package var flapping: String
        /// Kinds of probes that it answers beside ICMP, in order.
        package var answers: [String]
        /// The URL of an exporter's page; empty: none.
        package var exporter: String
    }

    /// Adds an asset for a machine that enrolled; its name is made unique with a number when it is taken.
    package func addEnrolled(name: String, assetClass: String, at now: Instant) throws -> (id: Int64, name: String) {
        var candidate = name
        var number = 2
        while try connection.row("SELECT 1 FROM asset WHERE name = ?", candidate, as: { $0.integer(0) }) != nil {
            candidate = "\(name)-\(number)"
            number += 1
        }
        try connection.run(
            "INSERT INTO asset (name, class, origin, created) VALUES (?, ?, 'enrolled', ?)",
            candidate, assetClass, now.microseconds)
        return (connection.lastInserted, candidate)
    }

    /// Adds a declared asset or brings a known one to these values; its row.
    package func put(
        name: String, assetClass: String, address: String, url: String, unit: String, site: String,
        importance: Importance, hours: String = "", flapping: FlappingRule = .fold, answers: [String] = [],
        exporter: String = "", at now: Instant
    ) throws -> Int64 {
        try connection.run(
            """
            INSERT INTO asset
                (name, class, address, url, unit, site, importance, hours, flapping, answers, exporter, origin, created)
            VALUES (?, ?, ?, ?, nullif(?, ''), nullif(?, ''), ?, nullif(?, ''), ?, ?, ?, 'declared', ?)
            ON CONFLICT (name) DO UPDATE SET
                class = excluded.class, address = excluded.address, url = excluded.url, unit = excluded.unit,
                site = excluded.site, importance = excluded.importance, hours = excluded.hours,
                flapping = excluded.flapping, answers = excluded.answers, exporter = excluded.exporter, removed = NULL
            """, name, assetClass, address, url, unit, site, importance.rawValue, hours,
            flapping.rawValue, answers.joined(separator: " "), exporter, now.microseconds)
        return try id(named: name) ?? 0
    }

    /// Takes an asset out: it is listed no more; declaring it again brings it back with what was measured of it.
    package func remove(_ id: Int64, at now: Instant) throws {
        try connection.run(
            """
            UPDATE asset SET removed = ?, unit = NULL, site = NULL, hours = NULL, address = '', url = '', answers = '',
                exporter = '' WHERE id = ?
            """, now.microseconds, id)
    }

    /// The row of an asset, whoever owns it, one that was taken out included.
    package func id(named name: String) throws -> Int64? {
        try connection.row("SELECT id FROM asset WHERE name = ?", name) { $0.integer(0) }
    }

    package func all(scope: Scope) throws -> [Asset] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            "\(Self.select) WHERE asset.removed IS NULL AND \(filter.sql) ORDER BY asset.name",
            arguments: filter.arguments, as: asset)
    }

    package func asset(named name: String, scope: Scope) throws -> Asset? {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            "\(Self.select) WHERE asset.name = ? AND asset.removed IS NULL AND \(filter.sql)",
            arguments: [name] + filter.arguments, as: asset
        ).first
    }

    package func asset(id: Int64) throws -> Asset? {
        try connection.row("\(Self.select) WHERE asset.id = ?", id, as: asset)
    }

    private static let select = """
        SELECT asset.id, asset.name, asset.class, asset.address, asset.url, asset.unit, asset.site, asset.importance,
            book.value, asset.hours, asset.flapping, asset.answers, asset.exporter
        FROM asset LEFT JOIN book ON book.asset_id = asset.id AND book.field = 'title'
        """

    private func asset(_ row: borrowing Row) -> Asset {
        Asset(
            id: row.integer(0), name: row.text(1), title: row.text(8), assetClass: row.text(2), address: row.text(3),
            url: row.text(4), unit: row.text(5), site: row.text(6), importance: row.text(7), hours: row.text(9),
            flapping: row.text(10), answers: row.text(11).split(separator: " ").map(String.init), exporter: row.text(12)
        )
    }
}
