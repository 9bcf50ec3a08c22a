package import SQLite
package import Vocabulary

/// What the rules found on machines, until somebody has looked at it and closed it.
package struct FindingStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A finding as people and programs see it.
    package struct Listed: Hashable, Sendable {
        package var id: Int64
        package var assetID: Int64
        package var asset: String
        /// What people call the asset; empty when the book does not say.
        package var title: String
        package var unit: String
        package var site: String
        package var finding: Finding
        package var received: Instant
        package var acknowledged: Mark?
        package var closed: Mark?
    }

    /// Who did it, and when.
    package struct Mark: Hashable, Sendable {
        package var at: Instant
        package var by: String

        package init(at: Instant, by: String) {
            self.at = at
            self.by = by
        }
    }

    /// Which findings are asked for; what is nil is not looked at.
    package struct Filter: Hashable, Sendable {
        package var isOpen: Bool?
        package var atLeast: Severity?
        package var rule: String?
        package var asset: String?
        package var site: String?

        package init(
            isOpen: Bool? = nil, atLeast: Severity? = nil, rule: String? = nil, asset: String? = nil,
            site: String? = nil
        ) {
            self.isOpen = isOpen
            self.atLeast = atLeast
            self.rule = rule
            self.asset = asset
            self.site = site
        }
    }

    /// Takes what an agent found: new, or an update of the same finding. Taking it again changes nothing.
    ///
    /// Gives its id when it is new: what alerts are opened of.
    @discardableResult
    package func take(_ finding: Finding, assetID: Int64, received: Instant) throws -> Int64? {
        let known = try connection.row(
            "SELECT id, last_seen, times FROM finding WHERE asset_id = ? AND rule = ? AND subject = ? AND first_seen = ?",
            assetID, finding.rule, finding.subject, finding.firstSeen.microseconds
        ) { (id: $0.integer(0), lastSeen: $0.integer(1), times: $0.integer(2)) }
        if let known {
            // An update that was overtaken by a newer one says nothing new.
            guard (finding.lastSeen.microseconds, Int64(finding.count)) > (known.lastSeen, known.times) else {
                return nil
            }
            try connection.run(
                "UPDATE finding SET severity = ?, last_seen = ?, times = ? WHERE id = ?", finding.severity.word,
                finding.lastSeen.microseconds, finding.count, known.id)
            try connection.run("DELETE FROM finding_evidence WHERE finding_id = ?", known.id)
            try add(finding.evidence, to: known.id)
            return nil
        }
        try connection.run(
            """
            INSERT INTO finding (asset_id, rule, severity, subject, first_seen, last_seen, times, received)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            assetID, finding.rule, finding.severity.word, finding.subject, finding.firstSeen.microseconds,
            finding.lastSeen.microseconds, finding.count, received.microseconds)
        let id = connection.lastInserted
        try add(finding.evidence, to: id)
        return id
    }

    /// Open ones of high severity, the oldest first: what somebody has to be told of.
    package func urgent() throws -> [Listed] {
        try listed("finding.closed IS NULL AND finding.severity = 'high' ORDER BY finding.received, finding.id", [])
    }

    /// The newest first.
    package func list(_ filter: Filter = Filter(), scope: Scope, limit: Int) throws -> [Listed] {
        let within = ScopeFilter(scope, column: "asset.unit")
        var conditions = [within.sql]
        var arguments = within.arguments
        func require(_ condition: String, _ value: String?) {
            guard let value else { return }
            conditions.append(condition)
            arguments.append(value)
        }
        if let isOpen = filter.isOpen { conditions.append("finding.closed IS \(isOpen ? "" : "NOT ")NULL") }
        if let least = filter.atLeast {
            let words = Severity.allCases.filter { $0 >= least }.map { "'\($0.word)'" }
            conditions.append("finding.severity IN (\(words.joined(separator: ", ")))")
        }
        require("finding.rule = ?", filter.rule)
        require("asset.name = ?", filter.asset)
        require("asset.site = ?", filter.site)
        return try listed(
            "\(conditions.joined(separator: " AND ")) ORDER BY finding.last_seen DESC, finding.id DESC LIMIT ?",
            arguments + [limit])
    }

    package func find(_ id: Int64, scope: Scope) throws -> Listed? {
        let within = ScopeFilter(scope, column: "asset.unit")
        return try listed("finding.id = ? AND \(within.sql)", [id] + within.arguments).first
    }

    /// Somebody has seen it; the first one counts.
    package func acknowledge(_ id: Int64, _ mark: Mark) throws {
        try connection.run(
            "UPDATE finding SET acknowledged = ?, acknowledged_by = ? WHERE id = ? AND acknowledged IS NULL",
            mark.at.microseconds, mark.by, id)
    }

    /// Somebody has dealt with it.
    package func close(_ id: Int64, _ mark: Mark) throws {
        try connection.run(
            "UPDATE finding SET closed = ?, closed_by = ? WHERE id = ? AND closed IS NULL", mark.at.microseconds,
            mark.by, id)
    }

    private func add(_ evidence: [Finding.Evidence], to id: Int64) throws {
        for (place, item) in evidence.enumerated() {
            try connection.run(
                "INSERT INTO finding_evidence (finding_id, place, field, text) VALUES (?, ?, ?, ?)", id, place,
                item.field, item.text)
        }
    }

    private func listed(_ condition: String, _ arguments: [any Bindable]) throws -> [Listed] {
        try connection.rows(
            """
            SELECT finding.id, finding.asset_id, asset.name, title.value, asset.unit, asset.site, finding.rule,
                finding.severity, finding.subject, finding.first_seen, finding.last_seen, finding.times,
                finding.received, finding.acknowledged, finding.acknowledged_by, finding.closed, finding.closed_by
            FROM finding JOIN asset ON asset.id = finding.asset_id
            LEFT JOIN book AS title ON title.asset_id = asset.id AND title.field = 'title'
            WHERE \(condition)
            """, arguments: arguments, as: listed
        ).map { listed in
            var listed = listed
            listed.finding.evidence = try connection.rows(
                "SELECT field, text FROM finding_evidence WHERE finding_id = ? ORDER BY place", listed.id
            ) { Finding.Evidence($0.text(0), $0.text(1)) }
            return listed
        }
    }

    private func listed(_ row: borrowing Row) -> Listed {
        Listed(
            id: row.integer(0), assetID: row.integer(1), asset: row.text(2), title: row.optionalText(3) ?? "",
            unit: row.text(4), site: row.text(5),
            finding: Finding(
                rule: row.text(6), severity: Severity(word: row.text(7)) ?? .medium, subject: row.text(8),
                firstSeen: Instant(microseconds: row.integer(9)), lastSeen: Instant(microseconds: row.integer(10)),
                count: Int(row.integer(11))),
            received: Instant(microseconds: row.integer(12)), acknowledged: mark(row, at: 13), closed: mark(row, at: 15)
        )
    }

    private func mark(_ row: borrowing Row, at column: Int32) -> Mark? {
        row.optionalInteger(column).map { Mark(at: Instant(microseconds: $0), by: row.text(column + 1)) }
    }
}
