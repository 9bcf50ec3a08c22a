package import SQLite
package import Vocabulary

/// Who says that they have an incident.
package struct AcknowledgementStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Entry: Hashable, Sendable {
        package var incident: Int64
        package var at: Instant
        package var who: String
        package var until: Instant?
        package var note: String
        /// nil: they have it, or had it when the incident ended.
        package var ended: Instant?
        /// Who gave it back; empty: somebody else took it, or its time was over.
        package var endedBy: String
    }

    /// Somebody has it from now on; who had it before no longer has.
    package func begin(
        _ incident: Int64, by person: String, until: Instant?, note: String, at now: Instant
    ) throws {
        _ = try end(incident, by: "", at: now)
        try connection.run(
            "INSERT INTO acknowledgement (incident_id, at, who, until, note) VALUES (?, ?, ?, ?, ?)",
            incident, now.microseconds, person, until?.microseconds, note)
    }

    /// Whether anybody had it.
    package func end(_ incident: Int64, by person: String, at now: Instant) throws -> Bool {
        try connection.run(
            "UPDATE acknowledgement SET ended = ?, ended_by = ? WHERE incident_id = ? AND ended IS NULL",
            now.microseconds, person, incident)
        return connection.changes > 0
    }

    /// Its time is over; one that was begun meanwhile goes on.
    package func lapse(_ incident: Int64, at now: Instant) throws {
        try connection.run(
            "UPDATE acknowledgement SET ended = ? WHERE incident_id = ? AND ended IS NULL AND until <= ?",
            now.microseconds, incident, now.microseconds)
    }

    /// Who had an incident has the one that it became part of, and without an end; not in the place of somebody who took
    /// that meanwhile.
    package func move(from lost: Int64, to kept: Int64) throws {
        try connection.run(
            """
            UPDATE acknowledgement SET incident_id = ?, until = NULL
            WHERE incident_id = ? AND ended IS NULL AND NOT EXISTS (
                SELECT 1 FROM acknowledgement AS other
                WHERE other.incident_id = ? AND other.id <> acknowledgement.id AND other.ended IS NULL)
            """, kept, lost, kept)
    }

    /// All there were, also of the incidents that became part of it, the first first.
    package func all(incident: Int64, scope: Scope) throws -> [Entry] {
        let said = SaidFilter(incident: incident, scope: scope)
        return try connection.rows(
            """
            \(said.with) SELECT incident_id, at, who, until, note, ended, ended_by FROM acknowledgement
            WHERE incident_id IN (SELECT id FROM said) ORDER BY at, id
            """, arguments: said.arguments
        ) { row in
            Entry(
                incident: row.integer(0), at: Instant(microseconds: row.integer(1)), who: row.text(2),
                until: row.optionalInteger(3).map(Instant.init(microseconds:)), note: row.text(4),
                ended: row.optionalInteger(5).map(Instant.init(microseconds:)), endedBy: row.text(6))
        }
    }

    /// By asset: who has an open incident that it is part of.
    package func holders(scope: Scope) throws -> [String: String] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        let rows = try connection.rows(
            """
            SELECT asset.name, acknowledgement.who FROM acknowledgement
            JOIN alert ON alert.incident_id = acknowledgement.incident_id AND alert.resolved IS NULL
            JOIN asset ON asset.id = alert.asset_id
            WHERE acknowledgement.ended IS NULL AND \(filter.sql) ORDER BY acknowledgement.id
            """, arguments: filter.arguments
        ) { ($0.text(0), $0.text(1)) }
        return Dictionary(rows) { first, _ in first }
    }
}

/// An incident and those that became part of it, of which somebody may read what was said: whoever may see an asset of
/// an incident may read that.
struct SaidFilter {
    /// Defines the table `said` with one column, the incidents' numbers.
    let with: String
    let arguments: [any Bindable]

    init(incident: Int64, scope: Scope) {
        let merged = """
            WITH RECURSIVE merged (id) AS (
                SELECT ? UNION SELECT incident.id FROM incident JOIN merged ON incident.merged_into = merged.id)
            """
        guard scope != .everything else {
            with = "\(merged), said AS (SELECT id FROM merged)"
            arguments = [incident]
            return
        }
        let filter = ScopeFilter(scope, column: "asset.unit")
        with = """
            \(merged), said AS (SELECT id FROM merged WHERE EXISTS (
                SELECT 1 FROM membership JOIN alert ON alert.id = membership.alert_id
                JOIN asset ON asset.id = alert.asset_id
                WHERE membership.incident_id = merged.id AND \(filter.sql)))
            """
        arguments = [incident] + filter.arguments
    }
}
