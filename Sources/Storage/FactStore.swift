package import SQLite
package import Vocabulary

/// What sources saw of assets, and every settled change of it.
package struct FactStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct SeenFact: Hashable, Sendable {
        package var fact: Fact
        package var source: String
        package var firstSeen: Instant
        package var lastSeen: Instant
    }

    package struct Change: Hashable, Sendable {
        package var path: String
        package var source: String
        package var at: Instant
        /// nil: the fact appeared.
        package var was: String?
        /// nil: the fact vanished.
        package var became: String?

        package init(path: String, source: String, at: Instant, was: String?, became: String?) {
            self.path = path
            self.source = source
            self.at = at
            self.was = was
            self.became = became
        }
    }

    /// What one source last said of an asset, as path to value; nil when it has not spoken yet.
    package func sheet(assetID: Int64, source: String) throws -> [String: String]? {
        let known = try connection.row(
            "SELECT 1 FROM fact_sheet WHERE asset_id = ? AND source = ?", assetID, source, as: { $0.integer(0) })
        guard known != nil else { return nil }
        let pairs = try connection.rows(
            "SELECT path, value FROM fact WHERE asset_id = ? AND source = ?", assetID, source
        ) { ($0.text(0), $0.text(1)) }
        return Dictionary(pairs) { _, last in last }
    }

    package func lastSeen(assetID: Int64, source: String) throws -> Instant? {
        try connection.row(
            "SELECT seen FROM fact_sheet WHERE asset_id = ? AND source = ?", assetID, source
        ) { Instant(microseconds: $0.integer(0)) }
    }

    package func markSeen(assetID: Int64, source: String, at seen: Instant) throws {
        try connection.run(
            """
            INSERT INTO fact_sheet (asset_id, source, seen) VALUES (?, ?, ?)
            ON CONFLICT (asset_id, source) DO UPDATE SET seen = excluded.seen
            """, assetID, source, seen.microseconds)
    }

    /// Brings a fact of a source to its new value; with `recorded` the change also becomes history.
    package func apply(_ change: Change, assetID: Int64, recorded: Bool) throws {
        if let became = change.became {
            try connection.run(
                """
                INSERT INTO fact (asset_id, source, path, value, first_seen) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (asset_id, source, path)
                DO UPDATE SET value = excluded.value, first_seen = excluded.first_seen
                """, assetID, change.source, change.path, became, change.at.microseconds)
        } else {
            try connection.run(
                "DELETE FROM fact WHERE asset_id = ? AND source = ? AND path = ?", assetID, change.source, change.path)
        }
        guard recorded else { return }
        try connection.run(
            "INSERT INTO fact_change (asset_id, source, path, at, was, became) VALUES (?, ?, ?, ?, ?, ?)", assetID,
            change.source, change.path, change.at.microseconds, change.was, change.became)
    }

    package func facts(assetID: Int64) throws -> [SeenFact] {
        try connection.rows(
            """
            SELECT fact.path, fact.value, fact.source, fact.first_seen, fact_sheet.seen
            FROM fact JOIN fact_sheet ON fact_sheet.asset_id = fact.asset_id AND fact_sheet.source = fact.source
            WHERE fact.asset_id = ? ORDER BY fact.path, fact.source
            """, assetID
        ) { row in
            SeenFact(
                fact: Fact(path: row.text(0), value: row.text(1)), source: row.text(2),
                firstSeen: Instant(microseconds: row.integer(3)), lastSeen: Instant(microseconds: row.integer(4)))
        }
    }

    package func changes(assetID: Int64, limit: Int) throws -> [Change] {
        try connection.rows(
            "SELECT path, source, at, was, became FROM fact_change WHERE asset_id = ? ORDER BY at DESC, id DESC LIMIT ?",
            assetID, limit
        ) { row in
            Change(
                path: row.text(0), source: row.text(1), at: Instant(microseconds: row.integer(2)),
                was: row.optionalText(3), became: row.optionalText(4))
        }
    }
}
