import Courier
import Logging
import Notify
import SQLite
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// Once a week, on the routes that want it, until it arrived; never at once on a route that is new.
@Suite struct ProofOfLifeTests {
    /// 2023-11-13, a Monday, 08:00 in UTC+07:00.
    private static let monday = Instant(seconds: 1_699_837_200)

    @Test(arguments: [
        (Duration.zero, 0), (.seconds(-1), -1), (.seconds(7 * 86_400 - 1), 0), (.seconds(7 * 86_400), 1),
    ])
    func itIsDueOnMondaysAtEight(later: Duration, weeks: Int) {
        #expect(Self.monday.description == "2023-11-13T01:00:00.000Z")
        #expect(ProofOfLife.due(at: Self.monday + later) == Self.monday + .seconds(weeks * 7 * 86_400))
    }

    /// A clock that the test moves, and what the receiver got and answers.
    private final class World: Sendable {
        struct State {
            var now = ProofOfLifeTests.monday - .seconds(86_400)
            var answer = Delivery.delivered
            var got: [Notification] = []
        }

        let state = Mutex(State())
    }

    private struct Receiver: Channel {
        let world: World

        func send(_ notification: Notification) async -> Delivery {
            world.state.withLock { state in
                state.got.append(notification)
                return state.answer
            }
        }
    }

    private func proofs(_ database: Database, _ world: World) -> ProofOfLife {
        ProofOfLife(
            database: database, now: { world.state.withLock { $0.now } },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            open: { _ in OpenedRoute(first: .init(kind: "webhook") { Receiver(world: world) }) },
            compose: { counts, proof, route in
                Notification(
                    id: proof.began.microseconds, alert: 0, kind: .alive, asset: "", site: "", check: nil, outcome: .up,
                    since: proof.began, resolved: nil, isRepeated: proof.attempts > 0, subject: route.name,
                    text: "\(counts.watched) \(counts.problems)")
            })
    }

    private func database() async throws -> (TemporaryFolder, Database) {
        let folder = try TemporaryFolder()
        let database = try await Database(path: folder.path("haidang.sqlite"))
        try await database.write { connection in
            for (name, proof) in [("wants", RouteChannels.Proof.weekly), ("quiet", .never)] {
                let channels = RouteChannels(first: .webhook(.init(url: "http://127.0.0.1:9/")), proof: proof)
                try RouteStore(connection).put(
                    .init(name: name, importance: [.core], language: "vi", channel: try channels.json))
            }
        }
        return (folder, database)
    }

    @Test func oneAWeekOnTheRoutesThatWantIt() async throws {
        let (folder, database) = try await database()
        let world = World()
        for _ in 0..<22 {
            // A service of its own each time: what was sent is in the database and nowhere else.
            try await proofs(database, world).sendDue()
            world.state.withLock { $0.now = $0.now + .seconds(86_400) }
        }
        let got = world.state.withLock { $0.got }
        #expect(got.map(\.subject) == ["wants", "wants", "wants"])
        #expect(got.map { $0.since - Self.monday } == [.zero, .seconds(7 * 86_400), .seconds(14 * 86_400)])
        #expect(got.allSatisfy { $0.text == "0 0" && !$0.isRepeated })
        withExtendedLifetime(folder) {}
    }

    @Test func whatFailsIsTriedAgainAndSaysSoAndIsGivenUpAfterADay() async throws {
        let (folder, database) = try await database()
        let world = World()
        try await proofs(database, world).sendDue()
        world.state.withLock { state in
            state.now = Self.monday
            state.answer = .retry(problem: "nobody there", after: nil)
        }
        for _ in 0..<3 {
            try await proofs(database, world).sendDue()
            world.state.withLock { $0.now = $0.now + .seconds(60) }
        }
        #expect(world.state.withLock { $0.got.map(\.isRepeated) } == [false, true, true])
        #expect(Set(world.state.withLock { $0.got.map(\.id) }).count == 1)
        for _ in 0..<5 {
            world.state.withLock { $0.now = $0.now + .seconds(86_400) }
            try await proofs(database, world).sendDue()
        }
        #expect(world.state.withLock { $0.got.count } == 4)
        let problem = try await database.read { connection in
            try connection.row("SELECT problem FROM proof_of_life WHERE route = 'wants' AND refused IS NOT NULL") {
                $0.text(0)
            }
        }
        #expect(problem == "given up after a day: nobody there")
        withExtendedLifetime(folder) {}
    }

    @Test func aRouteThatIsTakenOutTakesItsProofWithIt() async throws {
        let (folder, database) = try await database()
        let world = World()
        try await proofs(database, world).sendDue()
        try await database.write { try RouteStore($0).remove("wants") }
        world.state.withLock { $0.now = Self.monday }
        try await proofs(database, world).sendDue()
        #expect(world.state.withLock { $0.got.isEmpty })
        withExtendedLifetime(folder) {}
    }
}
