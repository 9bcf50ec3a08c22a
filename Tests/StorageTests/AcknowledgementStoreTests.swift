import Detection
import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct AcknowledgementStoreTests {
    private let now = Instant(seconds: 1_795_000_000)

    /// Assets north-1 and south-1 of two units; incident 1 is about the one, 2 about the other, 3 about both.
    private func database() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        for (place, unit) in ["north", "south"].enumerated() {
            try UnitStore(connection).put(.init(name: unit, title: unit))
            let id = try AssetStore(connection).put(
                name: "\(unit)-1", assetClass: "router", address: "", url: "", unit: unit, site: "",
                importance: .normal, at: now)
            let number = Int64(place + 1)
            try connection.transaction {
                try IncidentStore(connection).put(Incident(id: number, root: id, opened: now, told: .down))
                try AgentStore(connection).add(id: "a\(number)", assetID: id, machine: [UInt8(number)], at: now)
                try AlertStore(connection).put(alert(number, of: id, in: number), at: now)
            }
        }
        return connection
    }

    private func alert(_ id: Int64, of asset: Int64, in incident: Int64) -> Alert {
        Alert(
            id: id, subject: .agent("a\(id)"), asset: asset, outcome: .down(Reason("agent-silent")), since: now,
            confirmed: now, opened: now, incident: incident)
    }

    @Test func oneHasItAtATimeAndTheEngineReadsWho() throws {
        let connection = try database()
        let store = AcknowledgementStore(connection)
        try store.begin(1, by: "lan", until: now + .seconds(60), note: "n", at: now)
        try store.begin(1, by: "hung", until: nil, note: "", at: now + .seconds(1))
        #expect(try IncidentStore(connection).open().map(\.acknowledged) == [Acknowledgement(by: "hung"), nil])
        let all = try store.all(incident: 1, scope: .everything)
        #expect(all.map(\.who) == ["lan", "hung"] && all.map(\.ended) == [now + .seconds(1), nil])
        #expect(try store.holders(scope: .everything) == ["north-1": "hung"])
        #expect(try store.holders(scope: .units(["south"])).isEmpty)
        #expect(throws: (any Error).self) {
            try connection.run("INSERT INTO acknowledgement (incident_id, at, who) VALUES (1, 1, 'x')")
        }
        #expect(try store.end(1, by: "lan", at: now + .seconds(2)) && !store.end(1, by: "lan", at: now + .seconds(3)))
        #expect(try IncidentStore(connection).open().map(\.acknowledged) == [nil, nil])
    }

    /// Whoever took it meanwhile is not deprived of it by an engine that has not heard of them yet.
    @Test func onlyWhatIsOverLapses() throws {
        let connection = try database()
        let store = AcknowledgementStore(connection)
        try store.begin(1, by: "lan", until: now + .seconds(60), note: "", at: now)
        try store.lapse(1, at: now + .seconds(59))
        #expect(try store.all(incident: 1, scope: .everything).map(\.ended) == [nil])
        try store.lapse(1, at: now + .seconds(60))
        let summary = try #require(try IncidentSummary(1, in: connection, scope: .everything))
        #expect(summary.acknowledged == nil && summary.lapsed(at: now + .seconds(60))?.who == "lan")
        #expect(summary.lapsed(at: now + .seconds(59)) == nil)
        try store.begin(1, by: "hung", until: nil, note: "", at: now + .seconds(61))
        try store.lapse(1, at: now + .seconds(99))
        #expect(try IncidentStore(connection).open().first?.acknowledged?.by == "hung")
    }

    /// What was said of an incident is read with the one it became part of, by whoever may see what it was about.
    @Test func whatBecamePartOfAnotherIsReadWithIt() throws {
        let connection = try database()
        let (store, comments) = (AcknowledgementStore(connection), CommentStore(connection))
        try store.begin(1, by: "lan", until: now + .seconds(60), note: "of the north", at: now)
        try comments.add(.init(at: now + .seconds(1), who: "hung", text: "north"), to: 1)
        try comments.add(.init(at: now + .seconds(2), who: "mai", text: "south"), to: 2)
        let asset = try #require(try AssetStore(connection).id(named: "north-1"))
        try connection.transaction {
            var one = try #require(try IncidentStore(connection).open().first)
            one.mergedInto = 2
            try IncidentStore(connection).put(one)
            try AlertStore(connection).put(alert(1, of: asset, in: 2), at: now + .seconds(3))
            try store.move(from: 1, to: 2)
        }
        let whole = try #require(try IncidentSummary(2, in: connection, scope: .everything))
        #expect(whole.acknowledged?.who == "lan" && whole.acknowledged?.until == nil)
        #expect(whole.notes.map(\.text) == ["of the north", "north", "south"])
        // The south sees its own part of the incident, and what was said of that.
        let south = try #require(try IncidentSummary(2, in: connection, scope: .units(["south"])))
        #expect(south.comments.map(\.text) == ["south"] && south.alerts.map(\.asset) == ["south-1"])
        // Not in the place of somebody who has it.
        try store.begin(1, by: "x", until: nil, note: "", at: now)
        try store.move(from: 1, to: 2)
        #expect(try IncidentSummary(2, in: connection, scope: .everything)?.acknowledged?.who == "lan")
    }

    @Test func aReminderMayComeTwiceAndNothingElse() throws {
        let connection = try database()
        let store = MessageStore(connection)
        for kind in ["problem", "reminder", "problem", "reminder"] {
            try store.add(incident: 1, route: "duty", kind: kind, at: now)
        }
        #expect(try store.list(incident: 1).map(\.kind) == ["problem", "reminder", "reminder"])
        #expect(try store.routes(incident: 1) == ["duty"])
    }

    @Test func theMessagesOfTheVersionBeforeAreKept() throws {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection, to: 7)
        try connection.script(
            """
            INSERT INTO asset (id, name, class, importance, origin, created) VALUES (1, 'portal', 'service', 'core',
                'declared', 5);
            INSERT INTO incident (id, root_id, cause, opened) VALUES (4, 1, 'root', 5);
            INSERT INTO message (id, incident_id, route, kind, created, next_attempt)
                VALUES (7, 4, 'duty', 'problem', 12, 13), (9, 4, 'duty', 'recovery', 20, 21);
            """)
        try Schema.migrate(connection)
        let store = MessageStore(connection)
        #expect(try store.list(incident: 4).map(\.id) == [7, 9])
        try store.add(incident: 4, route: "duty", kind: "recovery", at: now)
        try store.add(incident: 4, route: "duty", kind: "reminder", at: now)
        // A number is never given twice: receivers drop what they have seen.
        let ids = try store.list(incident: 4).map(\.id)
        #expect(ids.count == 3 && ids.prefix(2) == [7, 9] && ids.allSatisfy { $0 == 7 || $0 >= 9 })
        #expect(try store.waiting(at: now, limit: 9).filter { !$0.follows }.map(\.id) == [7])
        #expect(try connection.rows("PRAGMA foreign_key_check") { $0.text(0) }.isEmpty)
        #expect(try connection.rows("SELECT name FROM sqlite_schema WHERE name LIKE '%before'") { $0.text(0) }.isEmpty)
    }
}
