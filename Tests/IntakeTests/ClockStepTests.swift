import Detection
import Intake
import Logging
import SQLite
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// A wall clock that is set, an hour either way, opens nothing, loses nothing and holds nothing back.
@Suite struct ClockStepTests {
    /// A wall clock that can be set, and a running clock that cannot.
    private final class Clocks: Sendable {
        private let times = Mutex((wall: Instant(seconds: 1_700_000_000), running: ContinuousClock.now))

        var wall: Instant { times.withLock { $0.wall } }
        var running: ContinuousClock.Instant { times.withLock { $0.running } }

        func pass(_ span: Duration) {
            times.withLock { $0 = ($0.wall + span, $0.running + span) }
        }

        func set(by step: Duration) {
            times.withLock { $0.wall = $0.wall + step }
        }
    }

    private func states(_ database: Database) async throws -> (silent: Int, told: Int, waiting: Int) {
        try await database.read { connection in
            let count = { (sql: String) in Int(try connection.row(sql) { $0.integer(0) } ?? 0) }
            return (
                silent: try count("SELECT count(*) FROM alert WHERE agent_id IS NOT NULL"),
                told: try count("SELECT count(*) FROM alert WHERE check_id IS NOT NULL AND told IS NOT NULL"),
                waiting: try count("SELECT count(*) FROM message WHERE next_attempt IS NOT NULL")
            )
        }
    }

    @Test(arguments: [-3600, 3600]) func whatWaitsWaitsAsLongAsItWouldHave(seconds: Int) async throws {
        let (folder, clocks) = (try TemporaryFolder(), Clocks())
        let database = try await Database(path: folder.path("haidang.sqlite"))
        let began = clocks.wall
        try await database.write { connection in
            let asset = try AssetStore(connection).addEnrolled(name: "vm", assetClass: "server", at: began)
            try AgentStore(connection).add(id: "a1", assetID: asset.id, machine: [1], at: began)
            try AgentStore(connection).wasSeen("a1", at: began, clockOffset: .zero, presence: [])
            let name = CheckName(asset: "vm", part: "host")
            try CheckStore(connection).put(
                Check(name: name, kind: "host", target: "", interval: .seconds(10), timeout: .seconds(5)),
                assetID: asset.id, agent: "a1", at: began)
            let check = try CheckStore(connection).find(name)
            try RouteStore(connection).put(
                .init(name: "on-duty", importance: [.normal], language: "vi", channel: "{}"))
            let down = Outcome.down(Reason("timeout"))
            // Hours before the agent falls silent: it fails by itself, whichever way the clock is set.
            let since = began - .seconds(36_000)
            let change = StateChange(check: name, outcome: down, since: since, confirmed: since, runs: 3)
            try ConditionStore(connection).set(change, checkID: check?.id ?? 0)
            try IncidentStore(connection).put(Incident(id: 1, root: asset.id, opened: began))
            try AlertStore(connection).put(
                Alert(
                    id: 1, subject: .check(check?.id ?? 0), asset: asset.id, outcome: down, since: since,
                    confirmed: since, opened: began, incident: 1), at: began)
        }
        let loop = EngineLoop(
            database: database, now: { clocks.wall }, running: { clocks.running }, logger: Logger(label: "test"),
            onReassigned: { _ in }, onMessages: {})
        try await loop.watch()
        clocks.pass(.seconds(1))
        clocks.set(by: .seconds(seconds))
        try await loop.watch()
        var seen = try await states(database)
        #expect(seen.silent == 0 && seen.told == 0, "the step itself is nobody's silence")
        clocks.pass(.seconds(18))
        try await loop.watch()
        seen = try await states(database)
        #expect(seen.silent == 0)
        // Twenty seconds without a word, by any clock.
        clocks.pass(.seconds(2))
        try await loop.watch()
        seen = try await states(database)
        #expect(seen.silent == 1 && seen.told == 0)
        clocks.pass(.seconds(10))
        try await loop.watch()
        seen = try await states(database)
        #expect(seen.told == 1 && seen.waiting > 0)
        let now = clocks.wall
        let waiting = try await database.read { try MessageStore($0).waiting(at: now, limit: 9).count }
        #expect(waiting == seen.waiting)
        // A step back does not put a message that waits an hour off.
        clocks.set(by: .seconds(-seconds))
        clocks.pass(.seconds(1))
        try await loop.watch()
        let later = clocks.wall
        #expect(try await database.read { try MessageStore($0).waiting(at: later, limit: 9).count } >= waiting)
    }

    @Test func driftAndABusyMachineAreNoStep() {
        let running = ContinuousClock.now
        var clock = ClockStep(wall: Instant(seconds: 1000), running: running)
        for second in 1...100 {
            // Half a second a second slower, and now and then looked at late.
            let wall = Instant(seconds: 1000) + .milliseconds(second * 500)
            #expect(clock.look(wall: wall, running: running + .seconds(second)) == nil)
        }
        #expect(clock.look(wall: Instant(seconds: 2000), running: running + .seconds(101)) != nil)
    }
}
