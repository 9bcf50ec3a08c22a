import SQLite
import Storage
import Testing
import Vocabulary

/// The step that gave people roles and units, on a database as the step before left it.
@Suite struct PeopleMigrationTests {
    private let now = Instant(seconds: 1_700_000_000)

    /// Two people with a session and two tokens, in the tables of version 1.
    private func before() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection, to: 2)
        for name in ["admin", "lan"] {
            try connection.run(
                """
                INSERT INTO person (name, password, role, must_change, created)
                VALUES (?, 'hash', 'administrator', 0, 5)
                """, name)
        }
        try connection.run(
            "INSERT INTO session (token_hash, person, csrf, created, expires) VALUES (x'01', 'lan', 'c', 5, ?)",
            (now + .seconds(60)).microseconds)
        for (hash, person) in [([2], "lan"), ([3], "admin")] as [([UInt8], String)] {
            try connection.run(
                "INSERT INTO api_token (token_hash, person, purpose, created) VALUES (?, ?, 'test', 5)", hash, person)
        }
        return connection
    }

    @Test func peopleSessionsAndTokensStay() throws {
        let connection = try before()
        try Schema.migrate(connection)
        let people = PersonStore(connection)
        #expect(try people.all().map(\.name) == ["admin", "lan"])
        #expect(try people.all().allSatisfy { $0.role == .administrator && $0.unit == nil && !$0.mustChangePassword })
        #expect(try people.session(tokenHash: [1], at: now)?.person.name == "lan")
        #expect(try people.session(tokenHash: [1], at: now)?.csrfToken == "c")
        #expect(try people.person(tokenHash: [2])?.name == "lan")
        #expect(try people.person(tokenHash: [3])?.name == "admin")
        #expect(try connection.rows("PRAGMA foreign_key_check") { $0.text(0) }.isEmpty)
        #expect(try connection.rows("SELECT name FROM sqlite_schema WHERE name LIKE '%before'") { $0.text(0) }.isEmpty)
    }

    @Test func whoGoesTakesSessionsAndTokensAlong() throws {
        let connection = try before()
        try Schema.migrate(connection)
        try PersonStore(connection).remove("lan")
        #expect(try PersonStore(connection).session(tokenHash: [1], at: now) == nil)
        #expect(try PersonStore(connection).tokens().map(\.person) == ["admin"])
    }

    @Test func theSchemaKnowsTwoRolesAndNoUnitThatIsNotThere() throws {
        let connection = try before()
        try Schema.migrate(connection)
        let people = PersonStore(connection)
        #expect(throws: SQLiteError.self) { try connection.run("UPDATE person SET role = 'owner'") }
        #expect(throws: SQLiteError.self) { try people.add("r", hash: "h", role: .reader, unit: "nowhere", at: now) }
        try UnitStore(connection).put(.init(name: "north", title: "North"))
        #expect(throws: SQLiteError.self) {
            try people.add("a", hash: "h", role: .administrator, unit: "north", at: now)
        }
        try people.add("r", hash: "h", role: .reader, unit: "north", at: now)
        #expect(try people.person(named: "r")?.unit == "north")
        #expect(throws: SQLiteError.self) { try connection.run("DELETE FROM unit") }
    }
}
