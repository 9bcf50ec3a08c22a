package import Detection
package import SQLite
package import Vocabulary

/// Why there was a message, or none: each decision as it was made.
package struct DecisionStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A decision as it reads: a word, and what belongs to it by name.
    package struct Line: Hashable, Sendable {
        package var at: Instant
        package var check: CheckName?
        package var alert: Int64?
        package var incident: Int64?
        package var verdict: String
        /// Keys such as `until`, `cause`, `asset`; times in microseconds since 1970, spans in seconds. An asset outside
        /// the reader's scope is left out.
        package var detail: [(key: String, value: String)]

        /// The keys whose value is a time.
        package static let times: Set<String> = ["until", "after", "since", "held", "next"]
        /// The keys whose value is an asset's name.
        package static let assets: Set<String> = ["asset"]

        package init(
            at: Instant, check: CheckName? = nil, alert: Int64? = nil, incident: Int64? = nil, verdict: String,
            detail: [(key: String, value: String)] = []
        ) {
            self.at = at
            self.check = check
            self.alert = alert
            self.incident = incident
            self.verdict = verdict
            self.detail = detail
        }

        package static func == (left: Line, right: Line) -> Bool {
            left.at == right.at && left.check == right.check && left.alert == right.alert
                && left.incident == right.incident && left.verdict == right.verdict
                && left.detail.map(\.key) == right.detail.map(\.key)
                && left.detail.map(\.value) == right.detail.map(\.value)
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(at)
            hasher.combine(verdict)
        }
    }

    package func add(_ decision: Decision) throws {
        let (check, agent, finding): (Int64?, String?, Int64?) =
            switch decision.subject {
            case .check(let id): (id, nil, nil)
            case .agent(let id): (nil, id, nil)
            case .finding(let id): (nil, nil, id)
            case nil: (nil, nil, nil)
            }
        let detail = try decision.verdict.detail.map { key, value in
            "\(key)=\(try named(value))"
        }.joined(separator: "\n")
        try connection.run(
            """
            INSERT INTO decision (at, check_id, agent_id, finding_id, alert_id, incident_id, verdict, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, decision.at.microseconds, check, agent, finding, decision.alert, decision.incident,
            decision.verdict.word,
            detail)
    }

    /// Of a check, its own and those of its alerts' incidents, the newest up to a moment, in order.
    package func lines(check: Int64, until: Instant, scope: Scope, limit: Int) throws -> [Line] {
        let lines = try connection.rows(
            """
            SELECT * FROM (\(Self.listing) WHERE decision.at <= ? AND (decision.check_id = ?
            OR decision.check_id IS NULL AND decision.alert_id IS NULL AND decision.incident_id IN (
                SELECT membership.incident_id FROM membership JOIN alert ON alert.id = membership.alert_id
                WHERE alert.check_id = ?))
            ORDER BY decision.id DESC LIMIT ?) ORDER BY id
            """, until.microseconds, check, check, limit, as: line)
        return try masked(lines, scope)
    }

    /// Of an alert, all of them in order: its own, and its incidents'.
    package func lines(alert: Int64, scope: Scope, limit: Int) throws -> [Line] {
        let lines = try connection.rows(
            """
            SELECT * FROM (\(Self.listing) WHERE decision.alert_id = ?
            OR decision.alert_id IS NULL AND decision.incident_id IN (
                SELECT incident_id FROM membership WHERE alert_id = ?)
            ORDER BY decision.id DESC LIMIT ?) ORDER BY id
            """, alert, alert, limit, as: line)
        return try masked(lines, scope)
    }

    /// Of an incident, the newest in order.
    package func lines(incident: Int64, scope: Scope, limit: Int) throws -> [Line] {
        let lines = try connection.rows(
            """
            SELECT * FROM (\(Self.listing) WHERE decision.incident_id = ? ORDER BY decision.id DESC LIMIT ?) ORDER BY id
            """, incident, limit, as: line)
        return try masked(lines, scope)
    }

    /// Deletes what was decided before a moment, at most so many; how many were.
    package func expire(before: Instant, limit: Int) throws -> Int {
        try connection.run(
            "DELETE FROM decision WHERE id IN (SELECT id FROM decision WHERE at < ? ORDER BY at LIMIT ?)",
            before.microseconds, limit)
        return Int(try connection.row("SELECT changes()") { $0.integer(0) } ?? 0)
    }

    private static let listing = """
        SELECT decision.id AS id, decision.at, probe_check.name, decision.alert_id, decision.incident_id,
            decision.verdict, decision.detail
        FROM decision LEFT JOIN probe_check ON probe_check.id = decision.check_id
        """

    /// Assets get their name when the decision is kept: an asset may be renamed, the reason stays as it was.
    private func named(_ value: Decision.Verdict.Detail) throws -> String {
        switch value {
        case .text(let text): text.filter { !$0.isNewline }
        case .asset(let id):
            try connection.row("SELECT name FROM asset WHERE id = ?", id) { $0.text(0) } ?? "\(id)"
        }
    }

    /// Without the names of assets outside a scope. A name that no asset bears any more is known to nobody's scope.
    private func masked(_ lines: [Line], _ scope: Scope) throws -> [Line] {
        guard scope != .everything else { return lines }
        let filter = ScopeFilter(scope, column: "unit")
        var isVisible: [String: Bool] = [:]
        return try lines.map { line in
            var line = line
            line.detail = try line.detail.filter { key, name in
                guard Line.assets.contains(key) else { return true }
                if let known = isVisible[name] { return known }
                let found = try !connection.rows(
                    "SELECT 1 FROM asset WHERE name = ? AND \(filter.sql)", arguments: [name] + filter.arguments
                ) { $0.integer(0) }.isEmpty
                isVisible[name] = found
                return found
            }
            return line
        }
    }

    private func line(_ row: borrowing Row) -> Line {
        let detail = row.text(6).split(separator: "\n").compactMap { pair -> (key: String, value: String)? in
            guard let sign = pair.firstIndex(of: "=") else { return nil }
            return (String(pair[..<sign]), String(pair[sign...].dropFirst()))
        }
        return Line(
            at: Instant(microseconds: row.integer(1)), check: row.optionalText(2).map(CheckName.init(rawValue:)),
            alert: row.optionalInteger(3), incident: row.optionalInteger(4), verdict: row.text(5), detail: detail)
    }
}
