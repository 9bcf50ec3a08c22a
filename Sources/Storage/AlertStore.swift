package import SQLite
package import Vocabulary

/// Failures that somebody must act on, from their opening to their end.
package struct AlertStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What an alert is about.
    package enum Subject: Hashable, Sendable {
        case check(Int64)
        case agent(String)
    }

    /// An alert as the engine works with it.
    package struct Open: Hashable, Sendable {
        package var id: Int64
        package var importance: Importance
        package var outcome: Outcome
        package var opened: Instant
        package var due: Instant?
        package var told: State?
    }

    /// An alert as people and messages see it.
    package struct Listed: Hashable, Sendable {
        package var id: Int64
        package var asset: String
        /// What people call the asset; empty when the book does not say.
        package var title: String
        package var unit: String
        package var site: String
        /// nil: the asset's agent is silent.
        package var check: CheckName?
        package var outcome: Outcome
        package var since: Instant
        package var opened: Instant
        package var resolved: Instant?
        /// Somebody was told, or will never have to be.
        package var told: State?
    }

    package func open(_ subject: Subject) throws -> Open? {
        switch subject {
        case .check(let id): try alerts("alert.check_id = ? AND alert.resolved IS NULL", id).first
        case .agent(let id): try alerts("alert.agent_id = ? AND alert.resolved IS NULL", id).first
        }
    }

    /// Alerts whose telling is due.
    package func due(by now: Instant, limit: Int) throws -> [Open] {
        try alerts("alert.due <= ? ORDER BY alert.due LIMIT ?", now.microseconds, limit)
    }

    /// Open alerts of what nobody asks any more: a person has taken its check out of service, or its agent.
    package func orphans() throws -> [(subject: Subject, assetID: Int64)] {
        try connection.rows(
            """
            SELECT alert.check_id, alert.agent_id, alert.asset_id FROM alert
            LEFT JOIN probe_check ON probe_check.id = alert.check_id LEFT JOIN agent ON agent.id = alert.agent_id
            WHERE alert.resolved IS NULL AND (probe_check.removed IS NOT NULL OR agent.revoked IS NOT NULL)
            """
        ) { row in
            (row.optionalInteger(0).map(Subject.check) ?? .agent(row.text(1)), row.integer(2))
        }
    }

    /// The collector's clock was set by so much.
    package func moveDue(by step: Duration) throws {
        try connection.run("UPDATE alert SET due = due + ? WHERE due IS NOT NULL", step.wholeMicroseconds)
    }

    /// When the next telling is due.
    package func nextDue() throws -> Instant? {
        try connection.row("SELECT min(due) FROM alert WHERE due IS NOT NULL") {
            $0.optionalInteger(0).map(Instant.init(microseconds:))
        } ?? nil
    }

    package func add(
        _ subject: Subject, assetID: Int64, outcome: Outcome, since: Instant, opened: Instant, due: Instant?
    ) throws -> Int64 {
        let reason = outcome.reason
        let (checkID, agentID): (Int64?, String?) =
            switch subject {
            case .check(let id): (id, nil)
            case .agent(let id): (nil, id)
            }
        try connection.run(
            """
            INSERT INTO alert (asset_id, check_id, agent_id, state, code, step, expected, got, since, opened, due)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            assetID, checkID, agentID, outcome.state.rawValue, reason?.code ?? "", reason?.step ?? "",
            reason?.expected ?? "", reason?.got ?? "", since.microseconds, opened.microseconds, due?.microseconds)
        return connection.lastInserted
    }

    package func update(_ id: Int64, outcome: Outcome, due: Instant?, told: State?, resolved: Instant?) throws {
        let reason = outcome.reason
        try connection.run(
            """
            UPDATE alert SET state = ?, code = ?, step = ?, expected = ?, got = ?, due = ?, told = ?, resolved = ?
            WHERE id = ?
            """,
            outcome.state.rawValue, reason?.code ?? "", reason?.step ?? "", reason?.expected ?? "", reason?.got ?? "",
            due?.microseconds, told?.rawValue, resolved?.microseconds, id)
    }

    /// Open ones, the longest first; or resolved ones, the newest first.
    package func list(open: Bool, scope: Scope, site: String? = nil, limit: Int) throws -> [Listed] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        let which =
            open
            ? "alert.resolved IS NULL ORDER BY alert.since"
            : "alert.resolved IS NOT NULL ORDER BY alert.resolved DESC"
        return try connection.rows(
            "\(Self.listing) WHERE \(filter.sql) \(site == nil ? "" : "AND asset.site = ?") AND \(which) LIMIT ?",
            arguments: filter.arguments + (site.map { [$0] } ?? []) + [limit], as: listed)
    }

    package func listed(id: Int64) throws -> Listed? {
        try connection.row("\(Self.listing) WHERE alert.id = ?", id, as: listed)
    }

    private static let listing = """
        SELECT alert.id, asset.name, asset.site, probe_check.name, alert.state, alert.code, alert.step, alert.expected,
            alert.got, alert.since, alert.opened, alert.resolved, alert.told, asset.unit, title.value
        FROM alert JOIN asset ON asset.id = alert.asset_id LEFT JOIN probe_check ON probe_check.id = alert.check_id
        LEFT JOIN book AS title ON title.asset_id = asset.id AND title.field = 'title'
        """

    private func alerts(_ condition: String, _ arguments: any Bindable...) throws -> [Open] {
        try connection.rows(
            """
            SELECT alert.id, asset.importance, alert.state, alert.code, alert.step, alert.expected, alert.got,
                alert.opened, alert.due, alert.told
            FROM alert JOIN asset ON asset.id = alert.asset_id WHERE \(condition)
            """, arguments: arguments
        ) { row in
            Open(
                id: row.integer(0), importance: Importance(rawValue: row.text(1)) ?? .normal,
                outcome: row.outcome(from: 2), opened: Instant(microseconds: row.integer(7)),
                due: row.optionalInteger(8).map(Instant.init(microseconds:)),
                told: row.optionalInteger(9).flatMap { State(rawValue: Int($0)) })
        }
    }

    private func listed(_ row: borrowing Row) -> Listed {
        Listed(
            id: row.integer(0), asset: row.text(1), title: row.text(14), unit: row.text(13), site: row.text(2),
            check: row.optionalText(3).map(CheckName.init(rawValue:)), outcome: row.outcome(from: 4),
            since: Instant(microseconds: row.integer(9)), opened: Instant(microseconds: row.integer(10)),
            resolved: row.optionalInteger(11).map(Instant.init(microseconds:)),
            told: row.optionalInteger(12).flatMap { State(rawValue: Int($0)) })
    }
}
