import Foundation
package import SQLite
package import Vocabulary

/// Checks as the collector has handed them out.
package struct CheckStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A check with its row and the asset it is about.
    package struct Stored: Hashable, Sendable {
        package var id: Int64
        package var assetID: Int64
        package var agent: String?
        package var check: Check
        package var created: Instant
        /// Since when nothing calls for it any more.
        package var vanished: Instant?
    }

    package func active(assetID: Int64) throws -> [Stored] {
        try connection.rows(
            "SELECT \(Self.columns) FROM probe_check WHERE asset_id = ? AND removed IS NULL ORDER BY name", assetID,
            as: stored)
    }

    package func active(agent: String) throws -> [Check] {
        try connection.rows(
            "SELECT \(Self.columns) FROM probe_check WHERE agent_id = ? AND removed IS NULL ORDER BY name", agent
        ) { stored($0).check }
    }

    /// The settings of the checks in service that are of these kinds.
    package func settings(of kinds: [ProbeKind], scope: Scope) throws -> [CheckName: [String: String]] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        let marks = kinds.map { _ in "?" }.joined(separator: ", ")
        let rows = try connection.rows(
            """
            SELECT probe_check.name, probe_check.settings FROM probe_check JOIN asset ON asset.id = probe_check.asset_id
            WHERE probe_check.removed IS NULL AND probe_check.kind IN (\(marks)) AND \(filter.sql)
            """, arguments: kinds.map(\.rawValue) + filter.arguments
        ) { (CheckName(rawValue: $0.text(0)), decoded($0.text(1))) }
        return Dictionary(rows) { first, _ in first }
    }

    /// The row, asset and agent of a check by name, removed ones included: late reports still belong to them.
    package func find(_ name: CheckName) throws -> (id: Int64, assetID: Int64, agent: String?, isRemoved: Bool)? {
        try connection.row(
            "SELECT id, asset_id, agent_id, removed IS NOT NULL FROM probe_check WHERE name = ?", name.rawValue
        ) { ($0.integer(0), $0.integer(1), $0.optionalText(2), $0.flag(3)) }
    }

    /// Adds the check, or brings a known one of that name to these values and back into service.
    package func put(_ check: Check, assetID: Int64, agent: String, at now: Instant) throws {
        try connection.run(
            """
            INSERT INTO probe_check (name, asset_id, agent_id, kind, target, settings, interval_ms, timeout_ms, created)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                asset_id = excluded.asset_id, agent_id = excluded.agent_id, kind = excluded.kind,
                target = excluded.target, settings = excluded.settings, interval_ms = excluded.interval_ms,
                timeout_ms = excluded.timeout_ms, vanished = NULL, removed = NULL,
                created = CASE WHEN probe_check.removed IS NULL THEN probe_check.created ELSE excluded.created END
            """,
            check.name.rawValue, assetID, agent, check.kind.rawValue, check.target, try encoded(check.settings),
            milliseconds(check.interval), milliseconds(check.timeout), now.microseconds)
    }

    /// Notes that nothing calls for a check any more; the first time counts.
    package func markVanished(_ name: CheckName, at now: Instant) throws {
        try connection.run(
            "UPDATE probe_check SET vanished = ? WHERE name = ? AND vanished IS NULL", now.microseconds, name.rawValue)
    }

    /// Checks in service that nothing calls for.
    package func vanished() throws -> [Stored] {
        try connection.rows(
            "SELECT \(Self.columns) FROM probe_check WHERE removed IS NULL AND vanished IS NOT NULL ORDER BY name",
            as: stored)
    }

    /// How many checks in service an agent asks of assets other than one.
    package func count(agent: String, besides assetID: Int64) throws -> Int {
        Int(
            try connection.row(
                "SELECT count(*) FROM probe_check WHERE agent_id = ? AND asset_id <> ? AND removed IS NULL", agent,
                assetID, as: { $0.integer(0) }) ?? 0)
    }

    /// Hands the checks that one agent asks of assets other than one to another agent.
    package func hand(from agent: String, to successor: String, besides assetID: Int64) throws {
        try connection.run(
            "UPDATE probe_check SET agent_id = ? WHERE agent_id = ? AND asset_id <> ? AND removed IS NULL", successor,
            agent, assetID)
    }

    /// Takes a check out of service; what it has measured stays.
    package func remove(_ name: CheckName, at now: Instant) throws {
        try connection.run(
            "UPDATE probe_check SET removed = ? WHERE name = ?", now.microseconds, name.rawValue)
        try connection.run(
            "DELETE FROM condition WHERE check_id = (SELECT id FROM probe_check WHERE name = ?)", name.rawValue)
    }

    private static let columns =
        "id, asset_id, agent_id, name, kind, target, settings, interval_ms, timeout_ms, created, vanished"

    private func stored(_ row: borrowing Row) -> Stored {
        Stored(
            id: row.integer(0), assetID: row.integer(1), agent: row.optionalText(2),
            check: Check(
                name: CheckName(rawValue: row.text(3)), kind: ProbeKind(rawValue: row.text(4)), target: row.text(5),
                settings: decoded(row.text(6)), interval: .milliseconds(row.integer(7)),
                timeout: .milliseconds(row.integer(8))),
            created: Instant(microseconds: row.integer(9)),
            vanished: row.optionalInteger(10).map(Instant.init(microseconds:)))
    }

    private func milliseconds(_ span: Duration) -> Int64 {
        max(1, span.wholeMicroseconds / 1000)
    }

    private func encoded(_ settings: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(settings), as: UTF8.self)
    }

    /// What this store wrote itself; text that is no settings reads as none, and the check takes its defaults.
    private func decoded(_ text: String) -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        } catch {
            return [:]
        }
    }
}
