package import Detection
package import SQLite
package import Vocabulary

/// What alerts that share one cause have in common, and what was said of it.
package struct IncidentStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An incident as people and messages see it.
    package struct Listed: Hashable, Sendable {
        package var id: Int64
        package var root: String
        /// What people call the root; empty when the book does not say.
        package var title: String
        package var unit: String
        package var site: String
        package var cause: Incident.Cause
        /// The site, asset or incident that the cause names; empty for one that names none, or one out of sight.
        package var causeName: String
        package var opened: Instant
        package var resolved: Instant?
        package var told: State?
        package var toldAs: Importance?
        package var mergedInto: Int64?
        /// The maintenance that ended before this was up again; empty: none did.
        package var overran: String

        package var causeWord: String { cause.word }
    }

    /// An explanation with the name of what it blames.
    package struct Explanation: Hashable, Sendable {
        package var asset: String
        package var explains: Int
        package var of: Int
        package var failing: Int
        package var below: Int
    }

    /// The open incidents, as the engine works with them.
    package func open() throws -> [Incident] {
        try connection.rows(
            """
            SELECT incident.id, root_id, cause, cause_site, cause_id, opened, told, worsened, told_as, merged_into,
                acknowledgement.who, acknowledgement.until, overran
            FROM incident LEFT JOIN acknowledgement
                ON acknowledgement.incident_id = incident.id AND acknowledgement.ended IS NULL
            WHERE resolved IS NULL ORDER BY incident.id
            """
        ) { row in
            Incident(
                id: row.integer(0), root: row.integer(1),
                cause: cause(row.text(2), site: row.text(3), id: row.optionalInteger(4)),
                opened: Instant(microseconds: row.integer(5)),
                told: row.optionalInteger(6).flatMap { State(rawValue: Int($0)) },
                worsened: row.optionalInteger(7).map(Instant.init(microseconds:)),
                toldAs: row.optionalText(8).flatMap(Importance.init(rawValue:)), mergedInto: row.optionalInteger(9),
                acknowledged: row.optionalText(10).map {
                    Acknowledgement(by: $0, until: row.optionalInteger(11).map(Instant.init(microseconds:)))
                }, overran: row.text(12).isEmpty ? nil : row.text(12))
        }
    }

    /// The number of the next incident; none is ever deleted.
    package func next() throws -> Int64 {
        try connection.row("SELECT coalesce(max(id), 0) + 1 FROM incident") { $0.integer(0) } ?? 1
    }

    package func put(_ incident: Incident) throws {
        let (word, site, id) = columns(incident.cause)
        try connection.run(
            """
            INSERT INTO incident (id, root_id, cause, cause_site, cause_id, opened, told, worsened, told_as, merged_into,
                resolved, overran)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                root_id = excluded.root_id, cause = excluded.cause, cause_site = excluded.cause_site,
                cause_id = excluded.cause_id, told = excluded.told, worsened = excluded.worsened,
                told_as = excluded.told_as, merged_into = excluded.merged_into, resolved = excluded.resolved,
                overran = excluded.overran
            """, incident.id, incident.root, word, site, id, incident.opened.microseconds, incident.told?.rawValue,
            incident.worsened?.microseconds, incident.toldAs?.rawValue, incident.mergedInto,
            incident.resolved?.microseconds, incident.overran ?? "")
    }

    /// The collector's clock was set by so much.
    package func follow(_ step: Duration) throws {
        try connection.run(
            "UPDATE incident SET opened = opened + ?, worsened = worsened + ? WHERE resolved IS NULL",
            step.wholeMicroseconds, step.wholeMicroseconds)
    }

    /// Puts what is said beside the alerts in the place of what was said before.
    package func put(_ scene: Scene) throws {
        try connection.run("DELETE FROM bystander WHERE incident_id = ?", scene.incident)
        try connection.run("DELETE FROM explanation WHERE incident_id = ?", scene.incident)
        for (role, assets) in [("unaffected", scene.unaffected), ("quiet", scene.quiet)] {
            for asset in assets {
                try connection.run(
                    "INSERT INTO bystander (incident_id, asset_id, role) VALUES (?, ?, ?)", scene.incident, asset, role)
            }
        }
        for (place, each) in scene.explanations.enumerated() {
            try connection.run(
                """
                INSERT INTO explanation (incident_id, place, asset_id, explains, affected, failing, below)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, scene.incident, place, each.asset, each.explains, each.of, each.failing, each.below)
        }
    }

    /// Assets beside an incident, in order of name: `unaffected` or `quiet`.
    package func bystanders(_ incident: Int64, role: String, scope: Scope) throws -> [String] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            """
            SELECT asset.name FROM bystander JOIN asset ON asset.id = bystander.asset_id
            WHERE bystander.incident_id = ? AND bystander.role = ? AND \(filter.sql) ORDER BY asset.name
            """, arguments: [incident, role] + filter.arguments
        ) { $0.text(0) }
    }

    /// The likeliest first.
    package func explanations(_ incident: Int64) throws -> [Explanation] {
        try connection.rows(
            """
            SELECT asset.name, explains, affected, failing, below FROM explanation
            JOIN asset ON asset.id = explanation.asset_id WHERE incident_id = ? ORDER BY place
            """, incident
        ) { row in
            Explanation(
                asset: row.text(0), explains: Int(row.integer(1)), of: Int(row.integer(2)),
                failing: Int(row.integer(3)), below: Int(row.integer(4)))
        }
    }

    /// Open ones, the longest first; or resolved ones, the newest first. Whoever may see one of its assets sees it;
    /// one that ended in another without a word of its own is not listed.
    package func list(open: Bool, scope: Scope, limit: Int) throws -> [Listed] {
        let (filter, blamed) = (ScopeFilter(scope, column: "member.unit"), ScopeFilter(scope, column: "blamed.unit"))
        let which =
            open
            ? "incident.resolved IS NULL AND incident.merged_into IS NULL ORDER BY incident.opened"
            : """
            incident.resolved IS NOT NULL AND (incident.merged_into IS NULL OR incident.told IS NOT NULL)
            ORDER BY incident.resolved DESC
            """
        return try connection.rows(
            """
            \(Self.listing(blamed.sql)) WHERE EXISTS (
                SELECT 1 FROM membership JOIN alert ON alert.id = membership.alert_id
                JOIN asset AS member ON member.id = alert.asset_id
                WHERE membership.incident_id = incident.id AND \(filter.sql))
            AND \(which) LIMIT ?
            """, arguments: blamed.arguments + filter.arguments + [limit], as: listed)
    }

    /// Whatever the scope, but it names no asset as its cause that lies outside.
    package func listed(id: Int64, scope: Scope) throws -> Listed? {
        let blamed = ScopeFilter(scope, column: "blamed.unit")
        return try connection.rows(
            "\(Self.listing(blamed.sql)) WHERE incident.id = ?", arguments: blamed.arguments + [id], as: listed
        ).first
    }

    /// `mayBlame`: which assets may be named as the cause; its arguments come first.
    private static func listing(_ mayBlame: String) -> String {
        """
        SELECT incident.id, root.name, title.value, root.unit, root.site, incident.cause, incident.cause_site,
            incident.cause_id, blamed.name, incident.opened, incident.resolved, incident.told, incident.told_as,
            incident.merged_into, incident.overran
        FROM incident JOIN asset AS root ON root.id = incident.root_id
        LEFT JOIN asset AS blamed ON blamed.id = incident.cause_id AND incident.cause = 'shared' AND \(mayBlame)
        LEFT JOIN book AS title ON title.asset_id = root.id AND title.field = 'title'
        """
    }

    private func listed(_ row: borrowing Row) -> Listed {
        let cause = cause(row.text(5), site: row.text(6), id: row.optionalInteger(7))
        let name: String =
            switch cause {
            case .root, .coincidence: ""
            case .site(let site): site
            case .shared: row.text(8)
            case .beside(let id), .leftover(let id): "\(id)"
            }
        return Listed(
            id: row.integer(0), root: row.text(1), title: row.text(2), unit: row.text(3), site: row.text(4),
            cause: cause, causeName: name, opened: Instant(microseconds: row.integer(9)),
            resolved: row.optionalInteger(10).map(Instant.init(microseconds:)),
            told: row.optionalInteger(11).flatMap { State(rawValue: Int($0)) },
            toldAs: row.optionalText(12).flatMap(Importance.init(rawValue:)), mergedInto: row.optionalInteger(13),
            overran: row.text(14))
    }

    private func columns(_ cause: Incident.Cause) -> (word: String, site: String, id: Int64?) {
        switch cause {
        case .site(let site): (cause.word, site, nil)
        case .shared(let id), .beside(let id), .leftover(let id): (cause.word, "", id)
        case .root, .coincidence: (cause.word, "", nil)
        }
    }

    private func cause(_ word: String, site: String, id: Int64?) -> Incident.Cause {
        switch (word, id) {
        case ("site", _): .site(site)
        case ("shared", let id?): .shared(id)
        case ("beside", let id?): .beside(id)
        case ("leftover", let id?): .leftover(id)
        case ("coincidence", _): .coincidence
        default: .root
        }
    }
}
