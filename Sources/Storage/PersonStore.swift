package import SQLite
package import Vocabulary

/// The people who may sign in, their sessions and their API tokens.
package struct PersonStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Person: Hashable, Sendable {
        package var name: String
        package var passwordHash: String
        package var role: Role
        /// The unit whose subtree they see; nil: everything.
        package var unit: String?
        /// Signed in with a one-time password, and nothing else is open until it was changed.
        package var mustChangePassword: Bool
    }

    /// A token as a list shows it: what it is for, never what it is.
    package struct Token: Hashable, Sendable {
        package var person: String
        package var purpose: String
        package var created: Instant
    }

    package struct Session: Hashable, Sendable {
        package var person: Person
        package var csrfToken: String
        package var expires: Instant
    }

    package func count() throws -> Int {
        Int(try connection.row("SELECT count(*) FROM person") { $0.integer(0) } ?? 0)
    }

    package func all() throws -> [Person] {
        try connection.rows("SELECT \(Self.columns) FROM person ORDER BY name") { person($0, from: 0) }
    }

    package func person(named name: String) throws -> Person? {
        try connection.row("SELECT \(Self.columns) FROM person WHERE name = ?", name) { person($0, from: 0) }
    }

    /// What a person sees, with the units as they are now.
    package func scope(of person: Person) throws -> Scope {
        try person.unit.map { .units(try UnitStore(connection).subtree(of: $0)) } ?? .everything
    }

    /// Adds a person, who is not there yet and has to choose a password of their own.
    package func add(_ name: String, hash: String, role: Role, unit: String?, at now: Instant) throws {
        try connection.run(
            "INSERT INTO person (name, password, role, unit, must_change, created) VALUES (?, ?, ?, ?, TRUE, ?)",
            name, hash, role.rawValue, unit, now.microseconds)
    }

    /// Removes a person with every session and token of theirs; what they did stays in the audit.
    package func remove(_ name: String) throws {
        try connection.run("DELETE FROM person WHERE name = ?", name)
    }

    /// Adds an administrator or gives a known person a new password; every session of theirs ends.
    package func setPassword(
        _ name: String, hash: String, mustChange: Bool, at now: Instant
    ) throws {
        try connection.run(
            """
            INSERT INTO person (name, password, role, must_change, created) VALUES (?, ?, 'administrator', ?, ?)
            ON CONFLICT (name) DO UPDATE SET password = excluded.password, must_change = excluded.must_change
            """, name, hash, mustChange, now.microseconds)
        try connection.run("DELETE FROM session WHERE person = ?", name)
    }

    package func addSession(
        tokenHash: [UInt8], person: String, csrfToken: String, at now: Instant, expires: Instant
    ) throws {
        try connection.run("DELETE FROM session WHERE expires <= ?", now.microseconds)
        try connection.run(
            "INSERT INTO session (token_hash, person, csrf, created, expires) VALUES (?, ?, ?, ?, ?)",
            tokenHash, person, csrfToken, now.microseconds, expires.microseconds)
    }

    package func session(tokenHash: [UInt8], at now: Instant) throws -> Session? {
        try connection.row(
            """
            SELECT \(Self.columns), csrf, expires FROM session JOIN person ON person.name = session.person
            WHERE token_hash = ? AND expires > ?
            """, tokenHash, now.microseconds
        ) { row in
            Session(
                person: person(row, from: 0), csrfToken: row.text(5), expires: Instant(microseconds: row.integer(6)))
        }
    }

    package func removeSession(tokenHash: [UInt8]) throws {
        try connection.run("DELETE FROM session WHERE token_hash = ?", tokenHash)
    }

    package func addToken(hash: [UInt8], person: String, purpose: String, at now: Instant) throws {
        try connection.run(
            "INSERT INTO api_token (token_hash, person, purpose, created) VALUES (?, ?, ?, ?)",
            hash, person, purpose, now.microseconds)
    }

    /// Takes back every token of a person that was made for a purpose; how many that were.
    @discardableResult
    package func removeTokens(person: String, purpose: String) throws -> Int {
        try connection.run("DELETE FROM api_token WHERE person = ? AND purpose = ?", person, purpose)
        return connection.changes
    }

    package func tokens() throws -> [Token] {
        try connection.rows("SELECT person, purpose, created FROM api_token ORDER BY person, created") { row in
            Token(person: row.text(0), purpose: row.text(1), created: Instant(microseconds: row.integer(2)))
        }
    }

    package func person(tokenHash: [UInt8]) throws -> Person? {
        try connection.row(
            "SELECT \(Self.columns) FROM api_token JOIN person ON person.name = api_token.person WHERE token_hash = ?",
            tokenHash
        ) { person($0, from: 0) }
    }

    private static let columns = "person.name, person.password, person.role, person.unit, person.must_change"

    private func person(_ row: borrowing Row, from column: Int32) -> Person {
        Person(
            name: row.text(column), passwordHash: row.text(column + 1),
            role: Role(rawValue: row.text(column + 2)) ?? .reader, unit: row.optionalText(column + 3),
            mustChangePassword: row.flag(column + 4))
    }
}
