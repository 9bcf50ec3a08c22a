import Detection
import SQLite
import Storage
import Testing
import Vocabulary

/// The step from alerts to incidents, on a database as the step before left it.
@Suite struct IncidentMigrationTests {
    /// A resolved alert that was told, an open one that was not, and one of a silent agent.
    private func before() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection, to: 4)
        try connection.script(
            """
            INSERT INTO asset (id, name, class, importance, origin, created) VALUES (1, 'portal', 'service', 'core',
                'declared', 5), (2, 'vm', 'server', 'normal', 'enrolled', 5);
            INSERT INTO agent (id, asset_id, machine, enrolled) VALUES ('a1', 2, x'01', 5);
            INSERT INTO probe_check (id, name, asset_id, agent_id, kind, target, settings, interval_ms, timeout_ms,
                created) VALUES (1, 'portal/http', 1, 'a1', 'http', 'http://127.0.0.1/', '{}', 10000, 5000, 5);
            INSERT INTO alert (id, asset_id, check_id, state, code, since, opened, told, resolved)
                VALUES (1, 1, 1, 2, 'timeout', 10, 11, 2, 20);
            INSERT INTO alert (id, asset_id, check_id, state, code, since, opened, due)
                VALUES (2, 1, 1, 1, 'slow', 30, 31, 40);
            INSERT INTO alert (id, asset_id, agent_id, state, code, since, opened, told)
                VALUES (3, 2, 'a1', 2, 'agent-silent', 32, 33, 2);
            INSERT INTO message (id, alert_id, route, kind, created, sent) VALUES (7, 1, 'duty', 'problem', 12, 13),
                (8, 1, 'duty', 'recovery', 20, 21);
            """)
        return connection
    }

    @Test func everyAlertBecomesAnIncidentWithItsMessages() throws {
        let connection = try before()
        try Schema.migrate(connection)
        let incidents = IncidentStore(connection)
        #expect(try incidents.open().map(\.id) == [2, 3] && incidents.next() == 4)
        #expect(try incidents.open().map(\.told) == [nil, .down])
        let past = try #require(try IncidentSummary(1, in: connection, scope: .everything))
        #expect(past.incident.root == "portal" && past.incident.toldAs == .core && past.alerts.map(\.id) == [1])
        #expect(try MessageStore(connection).list(incident: 1).map(\.id) == [7, 8])
        #expect(try MessageStore(connection).routes(incident: 1) == ["duty"])
        let open = try AlertStore(connection).open()
        #expect(open.map(\.incident) == [2, 3] && open.map(\.ready.microseconds) == [31, 33])
        #expect(try AlertStore(connection).next() == 4)
        #expect(try AgentStore(connection).newlySilent(at: .init(seconds: 99), started: .init(seconds: 0)).isEmpty)
        #expect(try connection.rows("PRAGMA foreign_key_check") { $0.text(0) }.isEmpty)
        #expect(try connection.rows("SELECT name FROM sqlite_schema WHERE name LIKE '%before'") { $0.text(0) }.isEmpty)
    }
}
