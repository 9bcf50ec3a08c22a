package import Detection
package import SQLite
package import Vocabulary

/// Failures that somebody must act on, from their opening to their end.
package struct AlertStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An alert as people see it.
    package struct Listed: Hashable, Sendable {
        package var id: Int64
        package var incident: Int64
        package var asset: String
        /// What people call the asset; empty when the book does not say.
        package var title: String
        package var unit: String
        package var site: String
        /// nil: it is about the asset's agent, or about a finding.
        package var check: CheckName?
        package var outcome: Outcome
        package var since: Instant
        package var opened: Instant
        package var resolved: Instant?
        /// The gravest state that anybody was told of it.
        package var told: State?
        /// Why nobody is told of it on its own: `cause`, `news`, `unseen` or `quiet`, and the asset that is to blame.
        package var hold: String?
        package var heldBy: String?
        package var isFlapping: Bool
        /// Who has its incident.
        package var acknowledgedBy: String?
    }

    /// The open alerts, as the engine works with them.
    package func open() throws -> [Alert] {
        try connection.rows(
            """
            SELECT id, check_id, agent_id, asset_id, state, code, step, expected, got, since, confirmed, opened,
                incident_id, hold, hold_id, hold_after, hold_until, ready, settles, is_flapping, told, finding_id
            FROM alert WHERE resolved IS NULL ORDER BY id
            """, as: alert)
    }

    /// The number of the next alert.
    package func next() throws -> Int64 {
        try connection.row("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'alert'") {
            $0.integer(0)
        } ?? 1
    }

    /// Open alerts of what nobody asks any more: a person has taken its check out of service, or its
    /// agent, or has closed its finding.
    package func orphans() throws -> [Subject] {
        try connection.rows(
            """
            SELECT alert.check_id, alert.finding_id, alert.agent_id FROM alert
            LEFT JOIN probe_check ON probe_check.id = alert.check_id LEFT JOIN agent ON agent.id = alert.agent_id
            LEFT JOIN finding ON finding.id = alert.finding_id
            WHERE alert.resolved IS NULL AND
                (probe_check.removed IS NOT NULL OR agent.revoked IS NOT NULL OR finding.closed IS NOT NULL)
            """
        ) { row in
            subject(check: row.optionalInteger(0), finding: row.optionalInteger(1), agent: row.text(2))
        }
    }

    private func subject(check: Int64?, finding: Int64?, agent: String) -> Subject {
        check.map(Subject.check) ?? finding.map(Subject.finding) ?? .agent(agent)
    }

    /// Puts an alert as it is now, and notes which incident it belongs to.
    package func put(_ alert: Alert, at now: Instant) throws {
        let reason = alert.outcome.reason
        let hold = Hold(alert.hold)
        let (checkID, agentID, findingID): (Int64?, String?, Int64?) =
            switch alert.subject {
            case .check(let id): (id, nil, nil)
            case .agent(let id): (nil, id, nil)
            case .finding(let id): (nil, nil, id)
            }
        try connection.run(
            """
            INSERT INTO alert (id, check_id, agent_id, asset_id, state, code, step, expected, got, since, confirmed,
                opened, incident_id, hold, hold_id, hold_after, hold_until, ready, settles, is_flapping, told, resolved,
                finding_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                state = excluded.state, code = excluded.code, step = excluded.step, expected = excluded.expected,
                got = excluded.got, since = excluded.since, confirmed = excluded.confirmed,
                incident_id = excluded.incident_id, hold = excluded.hold, hold_id = excluded.hold_id,
                hold_after = excluded.hold_after, hold_until = excluded.hold_until, ready = excluded.ready,
                settles = excluded.settles, is_flapping = excluded.is_flapping, told = excluded.told,
                resolved = excluded.resolved
            """,
            arguments: [
                alert.id, checkID, agentID, alert.asset, alert.outcome.state.rawValue, reason?.code ?? "",
                reason?.step ?? "", reason?.expected ?? "", reason?.got ?? "", alert.since.microseconds,
                alert.confirmed.microseconds, alert.opened.microseconds, alert.incident, hold.word, hold.asset,
                hold.after?.microseconds, hold.until?.microseconds, alert.ready.microseconds,
                alert.settles?.microseconds, alert.isFlapping, alert.told?.rawValue, alert.resolved?.microseconds,
                findingID,
            ])
        try connection.run(
            "UPDATE membership SET gone = ? WHERE alert_id = ? AND incident_id <> ? AND gone IS NULL",
            now.microseconds, alert.id, alert.incident)
        try connection.run(
            """
            INSERT INTO membership (incident_id, alert_id, joined) VALUES (?, ?, ?)
            ON CONFLICT (incident_id, alert_id) DO UPDATE SET gone = NULL WHERE gone IS NOT NULL
            """, alert.incident, alert.id, now.microseconds)
    }

    /// The collector's clock was set by so much: what waits goes on waiting for as long as before.
    package func follow(_ step: Duration) throws {
        let step = step.wholeMicroseconds
        try connection.run(
            """
            UPDATE alert SET ready = ready + ?, settles = settles + ?, hold_until = hold_until + ?
            WHERE resolved IS NULL
            """, step, step, step)
    }

    /// Open ones, the longest first; or resolved ones, the newest first.
    package func list(open: Bool, scope: Scope, site: String? = nil, limit: Int) throws -> [Listed] {
        let (filter, blamed) = Self.filters(scope)
        let which =
            open
            ? "alert.resolved IS NULL ORDER BY alert.since"
            : "alert.resolved IS NOT NULL ORDER BY alert.resolved DESC"
        return try connection.rows(
            """
            \(Self.listing(blamed.sql)) WHERE \(filter.sql) \(site == nil ? "" : "AND asset.site = ?") AND \(which) LIMIT ?
            """, arguments: blamed.arguments + filter.arguments + (site.map { [$0] } ?? []) + [limit], as: listed)
    }

    /// The alerts an incident has or had until they ended, the first first. Those that left it for another are not its,
    /// unless all did.
    package func members(of incident: Int64, scope: Scope) throws -> [Listed] {
        let (filter, blamed) = Self.filters(scope)
        let members = { (condition: String) in
            try connection.rows(
                """
                \(Self.listing(blamed.sql)) JOIN membership ON membership.alert_id = alert.id
                WHERE membership.incident_id = ? AND \(filter.sql) AND \(condition) ORDER BY alert.since, alert.id
                """, arguments: blamed.arguments + [incident] + filter.arguments, as: listed)
        }
        let current = try members("membership.gone IS NULL")
        return current.isEmpty ? try members("1 = 1") : current
    }

    /// The check an alert is about; nil: it is about an agent.
    package func check(of id: Int64) throws -> Int64? {
        try connection.row("SELECT check_id FROM alert WHERE id = ?", id) { $0.optionalInteger(0) } ?? nil
    }

    package func listed(id: Int64) throws -> Listed? {
        try connection.row("\(Self.listing("1 = 1")) WHERE alert.id = ?", id, as: listed)
    }

    /// The assets that are listed, and those that may be named as to blame for them.
    private static func filters(_ scope: Scope) -> (listed: ScopeFilter, blamed: ScopeFilter) {
        (ScopeFilter(scope, column: "asset.unit"), ScopeFilter(scope, column: "blamed.unit"))
    }

    /// `mayBlame`: which assets may be named as to blame; its arguments come first.
    private static func listing(_ mayBlame: String) -> String {
        """
        SELECT alert.id, asset.name, asset.site, probe_check.name, alert.state, alert.code, alert.step, alert.expected,
            alert.got, alert.since, alert.opened, alert.resolved, alert.told, asset.unit, title.value,
            alert.incident_id, alert.hold, blamed.name, alert.is_flapping, acknowledgement.who
        FROM alert JOIN asset ON asset.id = alert.asset_id LEFT JOIN probe_check ON probe_check.id = alert.check_id
        LEFT JOIN book AS title ON title.asset_id = asset.id AND title.field = 'title'
        LEFT JOIN acknowledgement ON acknowledgement.incident_id = alert.incident_id
            AND acknowledgement.ended IS NULL AND alert.resolved IS NULL
        LEFT JOIN asset AS blamed ON blamed.id = alert.hold_id AND \(mayBlame)
        """
    }

    private func listed(_ row: borrowing Row) -> Listed {
        Listed(
            id: row.integer(0), incident: row.integer(15), asset: row.text(1), title: row.text(14), unit: row.text(13),
            site: row.text(2), check: row.optionalText(3).map(CheckName.init(rawValue:)), outcome: row.outcome(from: 4),
            since: Instant(microseconds: row.integer(9)), opened: Instant(microseconds: row.integer(10)),
            resolved: row.optionalInteger(11).map(Instant.init(microseconds:)),
            told: row.optionalInteger(12).flatMap { State(rawValue: Int($0)) }, hold: row.optionalText(16),
            heldBy: row.optionalText(17), isFlapping: row.flag(18),
            acknowledgedBy: row.optionalText(19))
    }

    private func alert(_ row: borrowing Row) -> Alert {
        let opened = Instant(microseconds: row.integer(11))
        let hold = Hold(
            word: row.optionalText(13), asset: row.optionalInteger(14),
            after: row.optionalInteger(15).map(Instant.init(microseconds:)),
            until: row.optionalInteger(16).map(Instant.init(microseconds:)))
        return Alert(
            id: row.integer(0),
            subject: subject(check: row.optionalInteger(1), finding: row.optionalInteger(21), agent: row.text(2)),
            asset: row.integer(3), outcome: row.outcome(from: 4), since: Instant(microseconds: row.integer(9)),
            confirmed: Instant(microseconds: row.integer(10)), opened: opened, incident: row.integer(12),
            hold: hold.value, ready: row.optionalInteger(17).map(Instant.init(microseconds:)),
            settles: row.optionalInteger(18).map(Instant.init(microseconds:)), isFlapping: row.flag(19),
            told: row.optionalInteger(20).flatMap { State(rawValue: Int($0)) })
    }
}

/// Why an alert is held, in columns.
private struct Hold {
    var word: String?
    var asset: Int64?
    var after: Instant?
    var until: Instant?

    init(word: String?, asset: Int64?, after: Instant?, until: Instant?) {
        (self.word, self.asset, self.after, self.until) = (word, asset, after, until)
    }

    init(_ hold: Alert.Hold?) {
        switch hold {
        case .cause(let asset): (word, self.asset) = ("cause", asset)
        case .news(let after, let until): (word, self.after, self.until) = ("news", after, until)
        case .unseen(let after): (word, self.after) = ("unseen", after)
        case .quiet: word = "quiet"
        case nil: break
        }
    }

    var value: Alert.Hold? {
        switch (word, asset, after, until) {
        case ("cause", let asset?, _, _): .cause(asset)
        case ("news", _, let after?, let until?): .news(after: after, until: until)
        case ("unseen", _, let after?, _): .unseen(after: after)
        case ("quiet", _, _, _): .quiet
        default: nil
        }
    }
}
