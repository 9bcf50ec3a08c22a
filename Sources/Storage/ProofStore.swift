package import SQLite
package import Vocabulary

/// The proofs of life: of each route when the newest was due, and how its delivery went.
package struct ProofStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Proof: Hashable, Sendable {
        package var route: String
        /// When it was first tried.
        package var began: Instant
        /// How many attempts were begun, the one under way included.
        package var attempts: Int
    }

    /// What a proof says.
    package struct Counts: Hashable, Sendable {
        /// Assets of which something is asked.
        package var watched: Int
        /// Alerts that are open.
        package var problems: Int

        package init(watched: Int, problems: Int) {
            self.watched = watched
            self.problems = problems
        }
    }

    /// Notes that a proof is due on the route. One that never had one waits for the next: it was just declared, or the
    /// collector was just brought to this version, and nobody waits for a sign of life.
    package func begin(_ route: String, due: Instant, at now: Instant) throws {
        try connection.run(
            """
            INSERT INTO proof_of_life (route, due, began) VALUES (?, ?, ?)
            ON CONFLICT (route) DO UPDATE SET due = excluded.due, began = excluded.began,
                next_attempt = excluded.began, attempts = 0, sent = NULL, refused = NULL, problem = ''
            WHERE proof_of_life.due < excluded.due
            """, route, due.microseconds, now.microseconds)
    }

    /// Proofs whose turn has come.
    package func waiting(at now: Instant) throws -> [Proof] {
        try connection.rows(
            "SELECT route, began, attempts FROM proof_of_life WHERE next_attempt <= ? ORDER BY route", now.microseconds
        ) { row in
            Proof(
                route: row.text(0), began: Instant(microseconds: row.integer(1)), attempts: Int(row.integer(2)))
        }
    }

    /// An attempt begins: counted before anything leaves, as for every message.
    package func markTried(_ route: String) throws {
        try connection.run("UPDATE proof_of_life SET attempts = attempts + 1 WHERE route = ?", route)
    }

    package func markSent(_ route: String, at now: Instant, how: String = "") throws {
        try connection.run(
            "UPDATE proof_of_life SET sent = ?, next_attempt = NULL, problem = ? WHERE route = ?", now.microseconds,
            how, route)
    }

    package func markFailed(_ route: String, problem: String, next: Instant) throws {
        try connection.run(
            "UPDATE proof_of_life SET next_attempt = ?, problem = ? WHERE route = ?", next.microseconds, problem, route)
    }

    package func markRefused(_ route: String, problem: String, at now: Instant) throws {
        try connection.run(
            "UPDATE proof_of_life SET refused = ?, next_attempt = NULL, problem = ? WHERE route = ?", now.microseconds,
            problem, route)
    }

    package func counts() throws -> Counts {
        let watched = try connection.row(
            "SELECT count(DISTINCT asset_id) FROM probe_check WHERE removed IS NULL"
        ) { $0.integer(0) }
        let problems = try connection.row("SELECT count(*) FROM alert WHERE resolved IS NULL") { $0.integer(0) }
        return Counts(watched: Int(watched ?? 0), problems: Int(problems ?? 0))
    }
}
