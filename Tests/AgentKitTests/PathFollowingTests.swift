import AgentKit
import Logging
import Spool
import Synchronization
import TestSupport
import Testing
import Vocabulary
import Wire

/// When paths are followed and what of it is told, by clocks that the test moves.
@Suite struct PathFollowingTests {
    /// What was asked for, and what the network is like.
    private final class Network: Sendable {
        let asked = Mutex<[String]>([])
        let hops = Mutex<[String]>(["10.0.0.1", "192.0.2.7"])
        let end = Mutex(Path.End.reached)
        let bell = Bell()

        func follow(_ check: Check) -> FollowedPath? {
            asked.withLock { $0.append(check.target) }
            defer { bell.ring() }
            guard check.target != "nobody" else { return nil }
            return FollowedPath(
                hops: hops.withLock { $0 }.map { .init(address: $0, roundTrip: .milliseconds(1)) },
                end: end.withLock { $0 })
        }

        var count: Int { asked.withLock { $0.count } }
    }

    private let folder: TemporaryFolder
    private let spool: Spool
    private let time = ManualTime()
    private let network = Network()
    private let agent: AgentAssembly

    init() throws {
        folder = try TemporaryFolder()
        spool = try Spool(path: folder.file("spool"))
        let network = network
        agent = AgentAssembly(
            .init(
                programVersion: "1", catalogue: scripted(), spool: spool, link: CollectorStandIn(), compress: { $0 },
                readFacts: { ([], []) }, followPath: { network.follow($0) }, time: time,
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }

    private func check(_ part: String = "icmp", kind: ProbeKind = "icmp", target: String = "192.0.2.7") -> Check {
        Check(
            name: CheckName(asset: "a", part: part), kind: kind, target: target, interval: .seconds(1),
            timeout: .seconds(1))
    }

    private func change(_ outcome: Outcome, isRestated: Bool = false) -> StateChange {
        StateChange(
            check: CheckName(asset: "a", part: "icmp"), outcome: outcome, since: time.wall, confirmed: time.wall,
            runs: 1, isRestated: isRestated)
    }

    /// Moves the clock until so many paths were followed; false after a real minute.
    private func advance(by step: Duration = .seconds(60), until wanted: Int) async -> Bool {
        let real = SystemTime()
        let limit = real.monotonic + .seconds(60)
        while network.count < wanted {
            guard real.monotonic < limit else { return false }
            time.advance(by: step)
            await network.bell.wait(until: real.monotonic + .milliseconds(20), real)
        }
        return true
    }

    private func told() async throws -> [Path] {
        await agent.batching.seal(everything: true)
        return try await spool.next(bytes: 1 << 20, reports: 100).flatMap { try Report(decoding: $0.body).paths }
    }

    /// Runs `body` while paths are followed.
    private func following(_ body: (PathFollowing) async throws -> Void) async throws {
        let paths = try #require(agent.paths)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await paths.run() }
            try await body(paths)
            group.cancelAll()
        }
    }

    @Test func theWayIsLearnedOnceAndToldAgainOnlyWhenItIsAnother() async throws {
        try await following { paths in
            paths.adopt([check(), check("http", kind: "http", target: "http://x/")])
            #expect(await advance(until: 4))
            network.hops.withLock { $0 = ["10.0.0.2", "192.0.2.7"] }
            // One may have begun before the way was another.
            #expect(await advance(until: network.count + 2))
        }
        let ways = try await told().map { $0.hops.map(\.address) }
        #expect(ways == [["10.0.0.1", "192.0.2.7"], ["10.0.0.2", "192.0.2.7"]])
        #expect(network.asked.withLock { Set($0) } == ["192.0.2.7"])
    }

    @Test func troubleIsFollowedAtOnceAndAlwaysTold() async throws {
        try await following { paths in
            paths.adopt([check()])
            #expect(await advance(until: 1))
            let before = time.monotonic
            network.end.withLock { $0 = .silent }
            paths.notice(change(.down(Reason("no-reply"))))
            #expect(await advance(by: .seconds(5), until: 2))
            // Not sooner than a minute after the last one, and not an hour later.
            #expect(time.monotonic - before < .seconds(180))
            network.end.withLock { $0 = .reached }
            paths.notice(change(.up))
            #expect(await advance(by: .seconds(5), until: 3))
        }
        let paths = try await told()
        #expect(paths.map(\.occasion) == [.routine, .trouble, .recovery])
        #expect(paths.map(\.end) == [.reached, .silent, .reached])
    }

    @Test func whatIsRestatedUnknownOrNotPingedIsNoReason() async throws {
        try await following { paths in
            paths.adopt([check()])
            #expect(await advance(until: 1))
            paths.notice(change(.down(Reason("no-reply")), isRestated: true))
            paths.notice(change(.unknown(Reason("no-carrier"))))
            paths.notice(change(.up))
            var other = change(.down(Reason("no-reply")))
            other.check = CheckName(asset: "b", part: "icmp")
            paths.notice(other)
            time.advance(by: .seconds(600))
            await network.bell.wait(until: SystemTime().monotonic + .milliseconds(50), SystemTime())
            #expect(network.count == 1)
        }
    }

    @Test func whereManyFailTroubleComesFirstAndTheFirstRouterIsSpared() async throws {
        func names(_ letter: String) -> [CheckName] { (0..<8).map { CheckName(asset: "\(letter)\($0)", part: "icmp") } }
        func checks(_ names: [CheckName]) -> [Check] {
            names.map {
                Check(name: $0, kind: "icmp", target: $0.rawValue, interval: .seconds(1), timeout: .seconds(1))
            }
        }
        try await following { paths in
            paths.adopt(checks(names("dead") + names("well")))
            func notice(_ names: [CheckName], _ outcome: Outcome) {
                for name in names {
                    var change = change(outcome)
                    change.check = name
                    paths.notice(change)
                }
            }
            // Three may begin at once; then one every two seconds, and of what is well again one every four.
            notice(names("well"), .down(Reason("no-reply")))
            #expect(await advance(by: .zero, until: 3))
            notice(names("well"), .up)
            notice(names("dead"), .down(Reason("no-reply")))
            let before = time.monotonic
            #expect(await advance(by: .milliseconds(100), until: 3 + 8 + 5))
            #expect(time.monotonic - before >= .seconds(8 * 2 + 5 * 4))
        }
        let asked = network.asked.withLock { $0 }
        #expect(asked.prefix(3).allSatisfy { $0.hasPrefix("well") })
        #expect(asked[3..<11].allSatisfy { $0.hasPrefix("dead") })
        #expect(asked[11...].allSatisfy { $0.hasPrefix("well") })
    }

    @Test func whoCannotBeAskedIsNotTold() async throws {
        try await following { paths in
            paths.adopt([check(target: "nobody")])
            #expect(await advance(until: 2))
        }
        #expect(try await told().isEmpty)
    }
}
