package import SQLite
package import Vocabulary

/// The outbox: what has to be told, to which route, and how each delivery went.
package struct MessageStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Message: Hashable, Sendable {
        package var id: Int64
        package var incident: Int64
        package var route: String
        /// `problem`, `worse`, `reminder` or `recovery`.
        package var kind: String
        /// For which importance its incident was told last.
        package var importance: Importance
        package var created: Instant
        /// How many were begun, the one under way included.
        package var attempts: Int
        package var nextAttempt: Instant?
        package var sent: Instant?
        package var refused: Instant?
        /// What went wrong last; of a sent one, why it took the second channel.
        package var problem: String
        /// Until when it was kept back, with others: for the end of quiet hours, or for the digest.
        package var held: Instant?
        /// An earlier one of the same incident and route has not gone yet.
        package var follows: Bool
    }

    /// Each kind once for each route, but a reminder.
    package func add(incident: Int64, route: String, kind: String, at now: Instant) throws {
        try connection.run(
            """
            INSERT INTO message (incident_id, route, kind, created, next_attempt) VALUES (?, ?, ?, ?, ?)
            -- What was kept back is looked at again: it may have become more important.
            ON CONFLICT (incident_id, route, kind) WHERE kind <> 'reminder' DO UPDATE SET next_attempt = excluded.next_attempt
                WHERE held IS NOT NULL AND next_attempt IS NOT NULL
            """, incident, route, kind, now.microseconds, now.microseconds)
    }

    /// The routes that were, or will be, told of an incident: a recovery goes to exactly those.
    package func routes(incident: Int64) throws -> [String] {
        try connection.rows(
            "SELECT DISTINCT route FROM message WHERE incident_id = ? AND kind <> 'recovery' ORDER BY route", incident
        ) { $0.text(0) }
    }

    /// Messages whose turn has come, the oldest first: so many of each route, and all that were kept back.
    package func waiting(at now: Instant, limit: Int) throws -> [Message] {
        try connection.rows(
            """
            SELECT \(Self.columns) FROM (
                SELECT *, ROW_NUMBER() OVER (PARTITION BY route, held IS NULL ORDER BY follows, id) AS place FROM (
                    SELECT *, EXISTS (
                        SELECT 1 FROM message AS earlier WHERE earlier.incident_id = message.incident_id
                        AND earlier.route = message.route AND earlier.id < message.id
                        AND earlier.next_attempt IS NOT NULL) AS follows
                    FROM message WHERE next_attempt <= ?)) AS message
            WHERE place <= ? OR held IS NOT NULL ORDER BY id
            """, now.microseconds, limit, as: message)
    }

    /// It waits until then, with whatever else does.
    package func hold(_ id: Int64, until: Instant) throws {
        try connection.run(
            "UPDATE message SET held = ?, next_attempt = ? WHERE id = ? AND next_attempt IS NOT NULL",
            until.microseconds, until.microseconds, id)
    }

    /// An attempt begins. Counted before anything leaves: whoever dies on the way cannot count it afterwards, and the
    /// next attempt has to say that the receiver may know already.
    package func markTried(_ id: Int64) throws {
        try connection.run("UPDATE message SET attempts = attempts + 1 WHERE id = ?", id)
    }

    /// The collector's clock was set by so much.
    package func moveAttempts(by step: Duration) throws {
        try connection.run(
            "UPDATE message SET next_attempt = next_attempt + ? WHERE next_attempt IS NOT NULL AND held IS NULL",
            step.wholeMicroseconds)
    }

    /// `how` says what was out of the ordinary: that it took the route's second channel, and why.
    package func markSent(_ id: Int64, at now: Instant, how: String = "") throws {
        try connection.run(
            "UPDATE message SET sent = ?, next_attempt = NULL, problem = ? WHERE id = ?",
            now.microseconds, how, id)
    }

    package func markFailed(_ id: Int64, problem: String, next: Instant) throws {
        try connection.run(
            "UPDATE message SET next_attempt = ?, problem = ? WHERE id = ?",
            next.microseconds, problem, id)
    }

    /// No retry will help; the problem stays to be seen.
    package func markRefused(_ id: Int64, problem: String, at now: Instant) throws {
        try connection.run(
            "UPDATE message SET refused = ?, next_attempt = NULL, problem = ? WHERE id = ?",
            now.microseconds, problem, id)
    }

    /// What was told of an incident, in order.
    package func list(incident: Int64) throws -> [Message] {
        try connection.rows(
            "SELECT \(Self.all) FROM message WHERE incident_id = ? ORDER BY id", incident, as: message)
    }

    /// The newest first.
    package func list(scope: Scope, limit: Int) throws -> [Message] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            """
            SELECT \(Self.all) FROM message WHERE incident_id IN (
                SELECT membership.incident_id FROM membership JOIN alert ON alert.id = membership.alert_id
                JOIN asset ON asset.id = alert.asset_id WHERE \(filter.sql))
            ORDER BY id DESC LIMIT ?
            """, arguments: filter.arguments + [limit], as: message)
    }

    private static let columns = """
        id, incident_id, route, kind, created, attempts, next_attempt, sent, refused, problem, held,
            (SELECT told_as FROM incident WHERE incident.id = message.incident_id), follows
        """
    /// Where nobody asks what follows.
    private static let all = columns.replacing(", follows", with: ", 0")

    private func message(_ row: borrowing Row) -> Message {
        Message(
            id: row.integer(0), incident: row.integer(1), route: row.text(2), kind: row.text(3),
            importance: row.optionalText(11).flatMap(Importance.init) ?? .normal,
            created: Instant(microseconds: row.integer(4)), attempts: Int(row.integer(5)),
            nextAttempt: row.optionalInteger(6).map(Instant.init(microseconds:)),
            sent: row.optionalInteger(7).map(Instant.init(microseconds:)),
            refused: row.optionalInteger(8).map(Instant.init(microseconds:)), problem: row.text(9),
            held: row.optionalInteger(10).map(Instant.init(microseconds:)), follows: row.integer(12) != 0)
    }
}
