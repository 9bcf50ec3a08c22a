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
    }

    package func condition(checkID: Int64) throws -> (outcome: Outcome, since: Instant, confirmed: Instant)? {
        try connection.row(
            "SELECT state, code, step, expected, got, since, confirmed FROM condition WHERE check_id = ?", checkID
        ) { row in
            (outcome(row, from: 0), Instant(microseconds: row.integer(5)), Instant(microseconds: row.integer(6)))
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
            """, assetID, limit
        ) { row in
            StateChange(
                check: CheckName(rawValue: row.text(0)), outcome: outcome(row, from: 1),
                since: Instant(microseconds: row.integer(6)), confirmed: Instant(microseconds: row.integer(7)),
                runs: Int(row.integer(8)))
        }
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
                latest.time, latest.duration
            FROM probe_check JOIN asset ON asset.id = probe_check.asset_id
            LEFT JOIN condition ON condition.check_id = probe_check.id
            LEFT JOIN latest ON latest.check_id = probe_check.id
            WHERE probe_check.removed IS NULL AND \(filter.sql) \(ofAsset) ORDER BY probe_check.name
            """, arguments: filter.arguments + (assetID.map { [$0] } ?? [])
        ) { row in
            CheckStatus(
                name: CheckName(rawValue: row.text(0)), kind: ProbeKind(rawValue: row.text(1)), target: row.text(2),
                asset: row.text(3), agent: row.optionalText(4),
                outcome: row.isNull(5) ? nil : outcome(row, from: 5),
                since: row.optionalInteger(10).map(Instant.init(microseconds:)),
                lastAsked: row.optionalInteger(11).map(Instant.init(microseconds:)),
                lastDuration: row.optionalInteger(12).map { .microseconds($0) })
        }
    }

    /// Reads state, code, step, expected and got from five columns in a row.
    private func outcome(_ row: borrowing Row, from column: Int32) -> Outcome {
        Outcome(
            State(rawValue: Int(row.integer(column))) ?? .unknown,
            reason: Reason(
                row.text(column + 1), step: row.text(column + 2), expected: row.text(column + 3),
                got: row.text(column + 4)))
    }
}
