package import SQLite
package import Vocabulary

/// What is believed of each check now, and every change of it.
package struct ConditionStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A check with what is believed of it and when it was last asked.
    package struct CheckStatus: Hashable, Sendable {
        package var name: CheckName
        package var kind: ProbeKind
        package var target: String
        package var asset: String
        package var agent: String?
        /// nil: nothing is believed yet.
        package var outcome: Outcome?
        package var since: Instant?
        package var lastAsked: Instant?
        package var lastDuration: Duration?
        /// What came of it then: a single failure is not believed yet.
        package var lastState: State?
    }

    /// Why nothing is known of a check whose agent has fallen silent.
    package static let silence = Reason("agent-silent")

    /// The checks of an agent are unknown from `since` on; what it last said of them is kept for its return.
    package func silence(agent: String, since: Instant, at now: Instant) throws {
        for (id, _, name) in try believed(agent: agent) {
            try connection.run(
                "UPDATE condition SET silent = ? WHERE check_id = ? AND silent IS NULL", since.microseconds, id)
            let change = StateChange(
                check: name, outcome: .unknown(Self.silence), since: since, confirmed: now, runs: 0)
            try record(change, checkID: id, at: now)
        }
    }

    /// What the agent last said holds again.
    package func endSilence(agent: String, at now: Instant) throws {
        for (id, _, name) in try believed(agent: agent) {
            guard let known = try condition(checkID: id) else { continue }
            try connection.run("UPDATE condition SET silent = NULL WHERE check_id = ?", id)
            let change = StateChange(check: name, outcome: known.outcome, since: now, confirmed: now, runs: 0)
            try record(change, checkID: id, at: now)
        }
    }

    /// A change that an agent saw while it was silent arrives after its return was recorded: what held on its return is
    /// then this, and the record says so.
    package func reviseReturn(after change: StateChange, checkID: Int64) throws {
        let reason = change.outcome.reason
        try connection.run(
            """
            UPDATE transition SET state = ?, code = ?, step = ?, expected = ?, got = ?
            WHERE check_id = ? AND runs = 0 AND code <> ? AND confirmed > ?
            """, change.outcome.state.rawValue, reason?.code ?? "", reason?.step ?? "", reason?.expected ?? "",
            reason?.got ?? "", checkID, Self.silence.code, change.confirmed.microseconds)
    }

    /// The checks of an agent of which something is believed.
    package func believed(agent: String) throws -> [(id: Int64, assetID: Int64, name: CheckName)] {
        try connection.rows(
            """
            SELECT probe_check.id, probe_check.asset_id, probe_check.name FROM probe_check JOIN condition ON condition.check_id = probe_check.id
            WHERE probe_check.agent_id = ? AND probe_check.removed IS NULL
            """, agent
        ) { ($0.integer(0), $0.integer(1), CheckName(rawValue: $0.text(2))) }
    }

    package func condition(checkID: Int64) throws -> (outcome: Outcome, since: Instant, confirmed: Instant)? {
        try connection.row(
            "SELECT state, code, step, expected, got, since, confirmed FROM condition WHERE check_id = ?", checkID
        ) { row in
            (row.outcome(from: 0), Instant(microseconds: row.integer(5)), Instant(microseconds: row.integer(6)))
        }
    }

    package func set(_ change: StateChange, checkID: Int64) throws {
        let reason = change.outcome.reason
        try connection.run(
            """
            INSERT INTO condition (check_id, state, code, step, expected, got, since, confirmed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (check_id) DO UPDATE SET
                state = excluded.state, code = excluded.code, step = excluded.step, expected = excluded.expected,
                got = excluded.got, since = excluded.since, confirmed = excluded.confirmed
            """,
            checkID, change.outcome.state.rawValue, reason?.code ?? "", reason?.step ?? "", reason?.expected ?? "",
            reason?.got ?? "", change.since.microseconds, change.confirmed.microseconds)
    }

    package func record(_ change: StateChange, checkID: Int64, at now: Instant) throws {
        let reason = change.outcome.reason
        try connection.run(
            """
            INSERT INTO transition (check_id, state, code, step, expected, got, since, confirmed, runs, recorded)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            checkID, change.outcome.state.rawValue, reason?.code ?? "", reason?.step ?? "", reason?.expected ?? "",
            reason?.got ?? "", change.since.microseconds, change.confirmed.microseconds, change.runs, now.microseconds)
    }

    /// The newest changes of an asset's checks first.
    package func transitions(assetID: Int64, limit: Int) throws -> [StateChange] {
        try connection.rows(
            """
            SELECT probe_check.name, transition.state, transition.code, transition.step, transition.expected,
                transition.got, transition.since, transition.confirmed, transition.runs
            FROM transition JOIN probe_check ON probe_check.id = transition.check_id
            WHERE probe_check.asset_id = ? ORDER BY transition.confirmed DESC, transition.id DESC LIMIT ?
            """, assetID, limit, as: change)
    }

    private func change(_ row: borrowing Row) -> StateChange {
        StateChange(
            check: CheckName(rawValue: row.text(0)), outcome: row.outcome(from: 1),
            since: Instant(microseconds: row.integer(6)), confirmed: Instant(microseconds: row.integer(7)),
            runs: Int(row.integer(8)))
    }

    /// The newest changes of a check that were known at a moment, in order.
    package func changes(checkID: Int64, until: Instant, limit: Int) throws -> [StateChange] {
        try connection.rows(
            """
            SELECT probe_check.name, transition.state, transition.code, transition.step, transition.expected,
                transition.got, transition.since, transition.confirmed, transition.runs
            FROM transition JOIN probe_check ON probe_check.id = transition.check_id
            WHERE transition.check_id = ? AND transition.recorded <= ?
            ORDER BY transition.confirmed DESC, transition.id DESC LIMIT ?
            """, checkID, until.microseconds, limit, as: change
        ).reversed()
    }

    /// The parts of a time in which a check was not asked for longer than `gap`, by the runs that have arrived.
    package func unseen(checkID: Int64, in time: Range<Instant>, gap: Duration) throws -> [Range<Instant>] {
        let runs = try connection.rows(
            """
            SELECT time, next FROM (
                SELECT sample.time AS time, lead(sample.time) OVER (ORDER BY sample.time) AS next
                FROM sample JOIN series ON series.id = sample.series_id
                WHERE series.check_id = ? AND series.metric = 'probe_state' AND sample.time BETWEEN ? AND ?
            ) AS run WHERE next IS NULL OR next - time > ? ORDER BY time
            """, checkID, (time.lowerBound - gap).microseconds, (time.upperBound + gap).microseconds,
            gap.wholeMicroseconds
        ) { (Instant(microseconds: $0.integer(0)), $0.optionalInteger(1).map(Instant.init(microseconds:))) }
        // Before the first run of all there is nothing to see either.
        let first =
            try connection.row(
                """
                SELECT min(sample.time) FROM sample JOIN series ON series.id = sample.series_id
                WHERE series.check_id = ? AND series.metric = 'probe_state' AND sample.time BETWEEN ? AND ?
                """, checkID, (time.lowerBound - gap).microseconds, (time.upperBound + gap).microseconds
            ) { $0.optionalInteger(0) } ?? nil
        guard let first else { return [time] }
        let begin = Instant(microseconds: first)
        let before = begin > time.lowerBound + gap ? [time.lowerBound..<begin] : []
        return (before + runs.map { $0.0..<($0.1 ?? max($0.0, time.upperBound)) })
            .map { $0.clamped(to: time) }.filter { !$0.isEmpty && $0.upperBound - $0.lowerBound > gap }
    }

    /// Notes that a check was asked; an older run never replaces a newer one.
    package func wasAsked(checkID: Int64, at time: Instant, duration: Duration, state: State) throws {
        try connection.run(
            """
            INSERT INTO latest (check_id, time, duration, state) VALUES (?, ?, ?, ?)
            ON CONFLICT (check_id) DO UPDATE SET
                time = excluded.time, duration = excluded.duration, state = excluded.state
            WHERE excluded.time >= latest.time
            """, checkID, time.microseconds, duration.wholeMicroseconds, state.rawValue)
    }

    /// Every check in service, optionally of one asset, in order of name.
    package func statuses(scope: Scope, assetID: Int64? = nil) throws -> [CheckStatus] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        let ofAsset = assetID == nil ? "" : "AND asset.id = ?"
        return try connection.rows(
            """
            SELECT probe_check.name, probe_check.kind, probe_check.target, asset.name, probe_check.agent_id,
                condition.state, condition.code, condition.step, condition.expected, condition.got, condition.since,
                condition.silent, latest.time, latest.duration, latest.state
            FROM probe_check JOIN asset ON asset.id = probe_check.asset_id
            LEFT JOIN condition ON condition.check_id = probe_check.id
            LEFT JOIN latest ON latest.check_id = probe_check.id
            WHERE probe_check.removed IS NULL AND \(filter.sql) \(ofAsset) ORDER BY probe_check.name
            """, arguments: filter.arguments + (assetID.map { [$0] } ?? [])
        ) { row in
            CheckStatus(
                name: CheckName(rawValue: row.text(0)), kind: ProbeKind(rawValue: row.text(1)), target: row.text(2),
                asset: row.text(3), agent: row.optionalText(4),
                outcome: row.isNull(5) ? nil : row.isNull(11) ? row.outcome(from: 5) : .unknown(Self.silence),
                since: (row.optionalInteger(11) ?? row.optionalInteger(10)).map(Instant.init(microseconds:)),
                lastAsked: row.optionalInteger(12).map(Instant.init(microseconds:)),
                lastDuration: row.optionalInteger(13).map { .microseconds($0) },
                lastState: row.optionalInteger(14).flatMap { State(rawValue: Int($0)) })
        }
    }
}
