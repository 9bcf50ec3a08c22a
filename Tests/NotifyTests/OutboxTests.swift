import Courier
import Detection
import Logging
import Notify
import SQLite
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// What waits for the end of quiet hours, or for the digest, goes in one message, nothing twice and nothing lost.
@Suite struct OutboxTests {
    /// 2026-11-26, 22:30 in UTC+07:00.
    private static let evening = Instant(seconds: 1_795_707_000)
    private static let morning = evening + .seconds(27_000)

    /// A clock that the test moves, and what the receiver got and answers.
    private final class World: Sendable {
        struct State {
            var now = OutboxTests.evening
            var answer = Delivery.delivered
            var got: [String] = []
        }

        let state = Mutex(State())

        var now: Instant { state.withLock { $0.now } }
        func move(to now: Instant) { state.withLock { $0.now = now } }
        func answer(_ answer: Delivery) { state.withLock { $0.answer = answer } }
        func take() -> [String] {
            state.withLock { state in
                defer { state.got = [] }
                return state.got.sorted()
            }
        }
    }

    private struct Receiver: Channel {
        let world: World

        func send(_ notification: Notification) async -> Delivery {
            world.state.withLock { state in
                state.got.append((notification.isRepeated ? "again: " : "") + notification.subject)
                return state.answer
            }
        }
    }

    private let folder: TemporaryFolder
    private let database: Database
    private let world = World()

    init() async throws {
        folder = try TemporaryFolder()
        database = try await Database(path: folder.path("haidang.sqlite"))
        try await database.write { connection in
            let quiet = try QuietHours([.normal: [try DayRule("daily 22:00-06:00")]])
            for (name, channel) in [
                ("people", ChannelSettings.telegram(.init(chat: "1", secret: "s"))),
                ("program", .webhook(.init(url: "http://127.0.0.1:9/"))),
            ] {
                let channels = RouteChannels(first: channel, quiet: quiet)
                try RouteStore(connection).put(
                    .init(
                        name: name, importance: Set(Importance.allCases), language: "en", channel: try channels.json))
            }
        }
    }

    /// Sends what is due; a service of its own each time: what waits is in the database and nowhere else.
    private func send() async -> [String] {
        let outbox = Outbox(
            database: database, now: { world.now }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            open: { route in
                let channels = try RouteChannels(json: route.channel)
                return OpenedRoute(
                    first: .init(kind: channels.first.kind) { Receiver(world: world) }, quiet: channels.quiet,
                    folds: channels.first.isForPeople)
            },
            words: .init(
                one: { told, _ in note(told.message, subject: Self.words(told.message)) },
                several: { told, _ in
                    note(
                        told[0].message, told.map(\.message),
                        subject: told.map { Self.words($0.message) }.joined(separator: ", "))
                }))
        await outbox.sendDue()
        return world.take()
    }

    private static func words(_ message: MessageStore.Message) -> String {
        "\(message.route) \(message.incident) \(message.kind)"
    }

    private func note(
        _ first: MessageStore.Message, _ all: [MessageStore.Message] = [], subject: String
    ) -> Notification {
        Notification(
            id: first.id, alert: 0, kind: .digest, asset: "", site: "", check: nil, outcome: .up, since: world.now,
            resolved: nil, isRepeated: ([first] + all).contains { $0.attempts > 0 }, subject: subject, text: subject)
    }

    /// An incident of one asset, and a message of it on the routes.
    private func tell(
        _ incident: Int64, _ importance: Importance, _ kind: String = "problem", to routes: [String] = ["people"]
    ) async throws {
        let now = world.now
        try await database.write { connection in
            if kind == "problem", try AlertStore(connection).listed(id: incident) == nil {
                try connection.run(
                    "INSERT INTO asset (id, name, class, importance, origin, created) VALUES (?, ?, 'server', ?, 'declared', 0)",
                    incident,
                    "asset-\(incident)", importance.rawValue)
                try AgentStore(connection).add(
                    id: "agent-\(incident)", assetID: incident, machine: Array("\(incident)".utf8), at: now)
                try AlertStore(connection).put(
                    Alert(
                        id: incident, subject: .agent("agent-\(incident)"), asset: incident,
                        outcome: .down(Reason("x")),
                        since: now, confirmed: now, opened: now, incident: incident), at: now)
            }
            try IncidentStore(connection).put(
                Incident(id: incident, root: incident, opened: now, told: .down, toldAs: importance))
            for route in routes {
                try MessageStore(connection).add(incident: incident, route: route, kind: kind, at: now)
            }
        }
    }

    @Test func whatCanWaitGoesInOneMessageInTheMorning() async throws {
        try await tell(1, .normal)
        try await tell(2, .core)
        #expect(await send() == ["people 2 problem"])
        world.move(to: Self.evening + .seconds(3600))
        try await tell(3, .normal)
        try await tell(1, .normal, "recovery")
        #expect(await send() == [])
        world.move(to: Self.morning - .seconds(1))
        #expect(await send() == [])
        world.move(to: Self.morning)
        #expect(await send() == ["people 1 problem, people 3 problem, people 1 recovery"])
        world.move(to: Self.morning + .seconds(86_400 / 2))
        #expect(await send() == [])
    }

    @Test func oneThatWaitedAloneIsAMessageLikeAnyOther() async throws {
        try await tell(1, .normal)
        #expect(await send() == [])
        world.move(to: Self.morning)
        #expect(await send() == ["people 1 problem"])
    }

    @Test func whatBecomesCoreNoLongerWaits() async throws {
        try await tell(1, .normal)
        try await tell(2, .normal)
        #expect(await send() == [])
        try await tell(1, .core)
        #expect(await send() == ["people 1 problem"])
        try await tell(1, .core, "recovery")
        #expect(await send() == ["people 1 recovery"])
        world.move(to: Self.morning)
        #expect(await send() == ["people 2 problem"])
    }

    /// All of a hundred, not as many as a look takes of others.
    @Test func theDigestIsOneMessageHoweverMuchIsInIt() async throws {
        world.move(to: Self.morning + .seconds(4500))
        for incident in 1...100 { try await tell(Int64(incident), .low) }
        let got = await send()
        #expect(got.count == 1 && got.first?.split(separator: ",").count == 100)
        // That they are over can wait for the next digest.
        world.move(to: Self.morning + .seconds(9000))
        for incident in 1...3 { try await tell(Int64(incident), .low, "recovery") }
        #expect(await send() == [])
        world.move(to: Self.morning + .seconds(4500 + 86_400))
        #expect(await send() == ["people 1 recovery, people 2 recovery, people 3 recovery"])
    }

    @Test func programsGetEachOnItsOwnInOrder() async throws {
        try await tell(1, .normal, to: ["program"])
        try await tell(2, .normal, to: ["program"])
        try await tell(1, .normal, "recovery", to: ["program"])
        #expect(await send() == [])
        world.move(to: Self.morning)
        #expect(await send() == ["program 1 problem", "program 2 problem"])
        #expect(await send() == ["program 1 recovery"])
    }

    @Test func whatFailsTogetherIsTriedAgainTogetherAndSaysSo() async throws {
        try await tell(1, .normal)
        try await tell(2, .normal)
        #expect(await send() == [])
        world.move(to: Self.morning)
        world.answer(.retry(problem: "nobody there", after: nil))
        #expect(await send() == ["people 1 problem, people 2 problem"])
        world.answer(.delivered)
        world.move(to: Self.morning + .seconds(60))
        #expect(await send() == ["again: people 1 problem, people 2 problem"])
        world.move(to: Self.morning + .seconds(600))
        #expect(await send() == [])
    }
}
