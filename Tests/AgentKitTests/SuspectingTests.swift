import AgentKit
import Dispatch
import Logging
import ProbeKit
import ProbeSettings
import Spool
import Synchronization
import TestSupport
import Testing
import Vocabulary
import Wire

/// The agent itself, on real clocks, when a target falls silent.
@Suite struct SuspectingTests {
    /// An echo that comes at once until the line is cut, and then by the deadline not at all.
    private struct EchoSettings: ProbeSettings {
        static let kind: ProbeKind = "icmp"
        static let pace = Pace(every: .seconds(1), within: .seconds(1))
        var tolerances: Tolerances? { Tolerances() }

        static func validate(target: String) throws(SettingsError) {}
        init(from reader: inout SettingsReader) throws(SettingsError) {}
    }

    /// A thread of its own, as the agent's engines have: the pool's are kept busy for seconds by the tests of other rooms, and
    /// an echo that is not let run is one that did not answer.
    private final class OwnThread: TaskExecutor {
        private let queue = DispatchQueue(label: "agent")

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    private final class Line: Sendable {
        struct State {
            var isCut = false
            var asks = 0
        }
        let state = Mutex(State())
        let asked = Bell()
    }

    private struct Echo: Probe {
        let line: Line
        let thread: OwnThread

        func executor(for settings: EchoSettings) -> (any TaskExecutor)? { thread }

        func measure(_ target: String, settings: EchoSettings, until deadline: ContinuousClock.Instant) async -> Answer
        {
            let isCut = line.state.withLock { state in
                state.asks += 1
                return state.isCut
            }
            line.asked.ring()
            guard isCut else { return Answer(.up, roundTrip: .milliseconds(1)) }
            await SystemTime().sleep(until: deadline)
            return Answer(.down(Reason("no-reply")))
        }
    }

    private func agent(_ line: Line, _ spool: Spool, targets: [String], hasCarrier: Bool) throws -> AgentAssembly {
        let thread = OwnThread()
        let catalogue = Catalogue([.init(Echo(line: line, thread: thread))])
        let agent = AgentAssembly(
            .init(
                programVersion: "1", catalogue: catalogue, spool: spool, link: CollectorStandIn(), compress: { $0 },
                readFacts: { ([], []) }, executor: thread, hasCarrier: { hasCarrier },
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let checks = try targets.map { target in
            Assignment.Planned(
                // Asked ten times a second, so that the test is short; what a silence proves does not depend on it.
                check: Check(
                    name: CheckName(asset: target, part: "icmp"), kind: "icmp", target: target,
                    interval: .milliseconds(100), timeout: .seconds(1)),
                question: try catalogue.question("icmp", target: target, settings: [:]))
        }
        agent.measuring.adopt(Assignment(version: "1", checks: checks))
        return agent
    }

    /// What was believed of the targets, in order, and the time from the cut to the last of it.
    private func story(_ targets: [String], hasCarrier: Bool = true) async throws -> [StateChange] {
        let folder = try TemporaryFolder()
        let spool = try Spool(path: folder.file("spool"))
        let line = Line()
        let agent = try agent(line, spool, targets: targets, hasCarrier: hasCarrier)
        let real = SystemTime()
        let limit = real.monotonic + .seconds(120)
        var changes: [StateChange] = []
        func read() async throws {
            await agent.batching.seal(everything: true)
            changes = try await spool.next(bytes: 1 << 20, reports: 1000).flatMap {
                try Report(decoding: $0.body).states.filter { !$0.isRestated }
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await agent.measuring.run() }
            // A new check is asked within half a minute.
            while changes.count < targets.count, real.monotonic < limit {
                await line.asked.wait(until: real.monotonic + .milliseconds(200), real)
                try await read()
            }
            line.state.withLock { $0 = Line.State(isCut: true, asks: 0) }
            while changes.count < 2 * targets.count, real.monotonic < limit {
                await line.asked.wait(until: real.monotonic + .milliseconds(200), real)
                try await read()
            }
            group.cancelAll()
        }
        return changes
    }

    @Test func aCutIsBelievedAfterABurstThatOverlaps() async throws {
        let changes = try await story(["10.0.0.1"])
        #expect(changes.map(\.outcome.state) == [.up, .down])
        let down = try #require(changes.last)
        #expect(down.confirmed - down.since >= .milliseconds(1700))
        // One after the other, each awaited to its end, there would be two.
        #expect(down.runs > 3)
    }

    @Test func withoutAnyCarrierItIsUnknown() async throws {
        let changes = try await story(["10.0.0.1"], hasCarrier: false)
        #expect(changes.map(\.outcome.state) == [.up, .unknown])
        #expect(changes.last?.outcome.reason?.code == "no-carrier")
    }

    @Test func whereNothingAnswersAnyMoreNobodyIsDown() async throws {
        let changes = try await story(["10.0.0.1", "10.0.1.1", "10.0.2.1"])
        #expect(changes.count == 6)
        #expect(changes.dropFirst(3).allSatisfy { $0.outcome.reason?.code == "nothing-answers" })
    }
}
