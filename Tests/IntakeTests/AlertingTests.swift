import Intake
import SQLite
import Storage
import Testing
import Vocabulary
import Wire

@Suite struct AlertingTests {
    let now = Instant(seconds: 1_700_000_000)
    let name = CheckName(asset: "portal", part: "http")

    /// An agent, an asset of that importance with one check, and a route for everything but low.
    private func province(_ importance: Importance) throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let machine = try AssetStore(connection).addEnrolled(name: "vm", assetClass: "server", at: now)
        try AgentStore(connection).add(id: "a1", assetID: machine.id, machine: [1], at: now)
        let id = try AssetStore(connection).put(
            name: "portal", assetClass: "service", address: "", url: "http://127.0.0.1/", unit: "", site: "",
            importance: importance, at: now)
        let check = Check(
            name: name, kind: "http", target: "http://127.0.0.1/", interval: .seconds(10), timeout: .seconds(5))
        try CheckStore(connection).put(check, assetID: id, agent: "a1", at: now)
        try RouteStore(connection).put(
            .init(name: "on-duty", importance: [.core, .normal], language: "vi", channel: "{}"))
        return connection
    }

    private func report(_ outcome: Outcome, at second: Int64, _ connection: Connection) throws {
        var engine = Engine()
        let time = now + .seconds(second)
        let change = StateChange(check: name, outcome: outcome, since: time, confirmed: time, runs: 4)
        _ = try engine.apply(Report(sealed: time, states: [change]), of: "a1", received: time, in: connection)
    }

    private func told(_ connection: Connection) throws -> [String] {
        try MessageStore(connection).list(scope: .everything, limit: 100).reversed().map(\.kind)
    }

    @Test func aCoreFlipIsOneProblemAndOneRecoveryEvenWhenBothArriveTogether() throws {
        let connection = try province(.core)
        for flip in 0..<5 as Range<Int64> {
            try report(.down(Reason("timeout")), at: flip * 10, connection)
            try report(.up, at: flip * 10 + 5, connection)
        }
        #expect(try told(connection) == Array(repeating: ["problem", "recovery"], count: 5).flatMap { $0 })
        #expect(try AlertStore(connection).list(open: false, scope: .everything, limit: 9).count == 5)
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).isEmpty)
    }

    @Test func aShortCutOfSomethingNormalIsOnTheRecordAndSendsNothing() throws {
        let connection = try province(.normal)
        try report(.down(Reason("timeout")), at: 0, connection)
        #expect(try AlertStore(connection).nextDue() == now + .seconds(30))
        try report(.up, at: 10, connection)
        #expect(try AlertStore(connection).nextDue() == nil)
        #expect(try told(connection).isEmpty)
        #expect(try AlertStore(connection).list(open: false, scope: .everything, limit: 9).count == 1)
    }

    @Test func aRecoveryGoesToWhoGotTheProblemWhateverTheRoutesSayNow() throws {
        let connection = try province(.core)
        try report(.down(Reason("timeout")), at: 0, connection)
        try RouteStore(connection).put(.init(name: "late", importance: [.core], language: "en", channel: "{}"))
        try report(.up, at: 60, connection)
        let messages = try MessageStore(connection).list(scope: .everything, limit: 9)
        #expect(Set(messages.map(\.route)) == ["on-duty"] && messages.count == 2)
    }

    @Test func whatAPersonTookAwayIsNoLongerBroken() throws {
        let connection = try province(.core)
        try report(.down(Reason("timeout")), at: 0, connection)
        try CheckStore(connection).remove(name, at: now + .seconds(5))
        // A report that was on its way is history: nobody is told of it.
        try report(.up, at: 6, connection)
        try report(.down(Reason("timeout")), at: 7, connection)
        #expect(try told(connection) == ["problem"])
        #expect(try Engine.hasSpentChecks(at: now + .seconds(8), in: connection))
        var engine = Engine()
        _ = try engine.retireChecks(at: now + .seconds(8), in: connection)
        #expect(try told(connection) == ["problem", "recovery"])
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).isEmpty)
        #expect(try !Engine.hasSpentChecks(at: now + .seconds(9), in: connection))
        let check = try #require(try CheckStore(connection).find(name))
        #expect(try ConditionStore(connection).condition(checkID: check.id) == nil)
    }

    @Test func aLaterMessageOfAnAlertWaitsForTheEarlier() throws {
        let connection = try province(.core)
        try report(.down(Reason("timeout")), at: 0, connection)
        try report(.up, at: 60, connection)
        let store = MessageStore(connection)
        let first = try store.waiting(at: now + .seconds(99), limit: 9)
        #expect(first.map(\.kind) == ["problem"])
        let id = try #require(first.first?.id)
        try store.markFailed(id, problem: "refused", next: now + .seconds(200))
        #expect(try store.waiting(at: now + .seconds(99), limit: 9).isEmpty)
        try store.markSent(id, at: now + .seconds(201))
        #expect(try store.waiting(at: now + .seconds(300), limit: 9).map(\.kind) == ["recovery"])
    }

    /// Whoever dies between the receiver and its own record cannot count the attempt any more.
    @Test func anAttemptCountsFromItsBeginningAndOnce() throws {
        let connection = try province(.core)
        try report(.down(Reason("timeout")), at: 0, connection)
        let store = MessageStore(connection)
        let id = try #require(try store.waiting(at: now, limit: 9).first { $0.attempts == 0 }?.id)
        try store.markTried(id)
        #expect(try store.waiting(at: now, limit: 9).map(\.attempts) == [1])
        try store.markSent(id, at: now)
        #expect(try store.list(scope: .everything, limit: 9).map(\.attempts) == [1])
    }

    @Test func aReplayedStateChangesNothing() throws {
        let connection = try province(.core)
        for _ in 0..<3 { try report(.down(Reason("timeout")), at: 0, connection) }
        #expect(try told(connection) == ["problem"])
    }

    @Test func aSilentAgentMakesItsChecksUnknownAndNoneOfThemDown() throws {
        let connection = try province(.core)
        try report(.up, at: 0, connection)
        let agents = AgentStore(connection)
        try agents.wasSeen("a1", at: now, clockOffset: .zero, presence: [])
        let watch = SilenceWatch(started: now)
        #expect(try !watch.hasWork(at: now + .seconds(20), in: connection))
        #expect(try watch.hasWork(at: now + .seconds(21), in: connection))
        try watch.apply(at: now + .seconds(21), in: connection)
        let status = try #require(try ConditionStore(connection).statuses(scope: .everything).first)
        #expect(status.outcome == .unknown(Reason("agent-silent")) && status.since == now)
        let open = try AlertStore(connection).list(open: true, scope: .everything, limit: 9)
        #expect(open.map(\.asset) == ["vm"] && open.map(\.check) == [nil])
        // Said once, however often anybody looks.
        #expect(try !watch.hasWork(at: now + .seconds(60), in: connection))

        try agents.wasSeen("a1", at: now + .seconds(90), clockOffset: .zero, presence: [])
        try watch.apply(at: now + .seconds(91), in: connection)
        #expect(try ConditionStore(connection).statuses(scope: .everything).first?.outcome == .up)
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).isEmpty)
    }

    @Test func whatTheCollectorCouldNotHearIsNoSilence() throws {
        let connection = try province(.core)
        try AgentStore(connection).wasSeen("a1", at: now - .seconds(600), clockOffset: .zero, presence: [])
        let watch = SilenceWatch(started: now)
        #expect(try !watch.hasWork(at: now + .seconds(19), in: connection))
    }
}
