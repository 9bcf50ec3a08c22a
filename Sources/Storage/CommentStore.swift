package import SQLite
package import Vocabulary

/// What people said of incidents.
package struct CommentStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Comment: Hashable, Sendable {
        package var at: Instant
        package var who: String
        package var text: String

        package init(at: Instant, who: String, text: String) {
            self.at = at
            self.who = who
            self.text = text
        }
    }

    package func add(_ comment: Comment, to incident: Int64) throws {
        try connection.run(
            "INSERT INTO comment (incident_id, at, who, text) VALUES (?, ?, ?, ?)", incident, comment.at.microseconds,
            comment.who, comment.text)
    }

    /// Also of the incidents that became part of it, the first first.
    package func all(incident: Int64, scope: Scope) throws -> [Comment] {
        let said = SaidFilter(incident: incident, scope: scope)
        return try connection.rows(
            "\(said.with) SELECT at, who, text FROM comment WHERE incident_id IN (SELECT id FROM said) ORDER BY at, id",
            arguments: said.arguments
        ) { Comment(at: Instant(microseconds: $0.integer(0)), who: $0.text(1), text: $0.text(2)) }
    }
}
