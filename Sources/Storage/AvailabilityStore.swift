import Detection
package import SQLite
package import Vocabulary

/// What a report over a period needs of checks: which there were, what was recorded of them, and when nobody measured.
package struct AvailabilityStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A check that was in service for some of a period.
    package struct WatchedCheck: Hashable, Sendable {
        package var id: Int64
        package var assetID: Int64
        package var name: CheckName
        package var interval: Duration
        package var created: Instant
        /// nil: it still is.
        package var removed: Instant?
    }

    /// Of assets that are listed now; in order of asset and name.
    package func checks(in period: Range<Instant>, scope: Scope) throws -> [WatchedCheck] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            """
            SELECT probe_check.id, probe_check.asset_id, probe_check.name, probe_check.interval_ms, probe_check.created,
                probe_check.removed
            FROM probe_check JOIN asset ON asset.id = probe_check.asset_id
            WHERE asset.removed IS NULL AND probe_check.created < ?
                AND (probe_check.removed IS NULL OR probe_check.removed > ?) AND \(filter.sql)
            ORDER BY probe_check.asset_id, probe_check.name
            """, arguments: [period.upperBound.microseconds, period.lowerBound.microseconds] + filter.arguments
        ) { row in
            WatchedCheck(
                id: row.integer(0), assetID: row.integer(1), name: CheckName(rawValue: row.text(2)),
                interval: .milliseconds(row.integer(3)), created: Instant(microseconds: row.integer(4)),
                removed: row.optionalInteger(5).map(Instant.init(microseconds:)))
        }
    }

    /// A change that began in a period was confirmed at most this long after it.
    private static let confirmation = Duration.seconds(86_400)

    /// The changes of a check that say what it was in a period, without the words of their reasons: the last ones before
    /// it, those within it, and the collector's next word after it, which may end a silence.
    package func changes(of check: WatchedCheck, in period: Range<Instant>) throws -> [StateChange] {
        let (start, end) = (period.lowerBound.microseconds, (period.upperBound + Self.confirmation).microseconds)
        let columns = "SELECT state, code, since, confirmed, runs FROM transition WHERE check_id = ?"
        let last = { (condition: String) in
            try connection.row(
                "\(columns) AND confirmed < ? AND \(condition) ORDER BY confirmed DESC, id DESC LIMIT 1", check.id,
                start
            ) { change($0, of: check) }
        }
        let next = try connection.row(
            "\(columns) AND confirmed >= ? AND runs = 0 ORDER BY confirmed, id LIMIT 1", check.id, end
        ) { change($0, of: check) }
        let within = try connection.rows(
            "\(columns) AND confirmed >= ? AND confirmed < ? ORDER BY confirmed, id", check.id, start, end
        ) { change($0, of: check) }
        return try [last("runs > 0"), last("runs = 0")].compactMap(\.self) + within + [next].compactMap(\.self)
    }

    private func change(_ row: borrowing Row, of check: WatchedCheck) -> StateChange {
        let code = row.text(1)
        // Silence is the one reason that a record asks for; the others would only be carried along.
        let reason = code == ConditionStore.silence.code ? ConditionStore.silence : Reason.unstated
        return StateChange(
            check: check.name, outcome: Outcome(State(rawValue: Int(row.integer(0))) ?? .unknown, reason: reason),
            since: Instant(microseconds: row.integer(2)), confirmed: Instant(microseconds: row.integer(3)),
            runs: Int(row.integer(4)))
    }

    private static let bucket: Int64 = 300_000_000

    /// The parts of a silence in which nobody measured, from how many runs arrived for each five minutes. Single runs are
    /// kept for two weeks only, these for a year: so the same report is the same for a year.
    package func unseen(_ check: WatchedCheck, in time: Range<Instant>) throws -> [Range<Instant>] {
        let first = time.lowerBound.microseconds / Self.bucket * Self.bucket
        let rows = try connection.rows(
            """
            SELECT average.time, average.count FROM average JOIN series ON series.id = average.series_id
            WHERE series.check_id = ? AND series.metric = 'probe_state' AND average.time >= ? AND average.time < ?
            """, check.id, first, time.upperBound.microseconds
        ) { ($0.integer(0), $0.integer(1)) }
        let runs = Dictionary(rows) { first, _ in first }
        let buckets = stride(from: first, to: time.upperBound.microseconds, by: Int64.Stride(Self.bucket)).map {
            begin in
            SilenceHoles.Bucket(
                time: Instant(microseconds: begin)..<Instant(microseconds: begin + Self.bucket), runs: runs[begin] ?? 0)
        }
        return SilenceHoles.find(in: time, buckets, interval: check.interval)
    }
}
