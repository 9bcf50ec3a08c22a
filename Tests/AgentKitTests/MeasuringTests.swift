import AgentKit
import Logging
import ProbeKit
import ProbeSettings
import Spool
import Synchronization
import TestSupport
import Testing
import Vocabulary
import Wire

/// Measuring by hand-held clocks: time moves only when the test moves it.
@Suite struct MeasuringTests {
    /// Counts its runs and rings; a target `hang` never answers by itself.
    private struct CountingProbe: Probe {
        let runs: Runs

        func measure(
            _ target: String, settings: ScriptedSettings, until deadline: ContinuousClock.Instant
        ) async -> Answer {
            runs.count.withLock { $0 += 1 }
            runs.bell.ring()
            if target == "hang" {
                // Only cancelling ends it, as it does a probe that has forgotten its deadline.
                await Bell().wait(until: nil, SystemTime())
            }
            return Answer(.up)
        }
    }

    private final class Runs: Sendable {
        let count = Mutex(0)
        let bell = Bell()
    }

    private func agent(
        _ target: String, _ spool: Spool, _ time: ManualTime, _ runs: Runs
    ) throws -> AgentAssembly {
        let catalogue = Catalogue([.init(CountingProbe(runs: runs))])
        let agent = AgentAssembly(
            .init(
                programVersion: "1", catalogue: catalogue, spool: spool, link: CollectorStandIn(), compress: { $0 },
                readFacts: { ([], []) }, time: time,
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let check = Check(
            name: CheckName(asset: "a", part: "b"), kind: "scripted", target: target, interval: .seconds(1),
            timeout: .milliseconds(500))
        let question = try catalogue.question("scripted", target: target, settings: [:])
        agent.measuring.adopt(Assignment(version: "1", checks: [.init(check: check, question: question)]))
        return agent
    }

    private func observations(_ agent: AgentAssembly, _ spool: Spool) async throws -> [Observation] {
        await agent.batching.seal(everything: true)
        return try await spool.next(bytes: 1 << 20, reports: 100).flatMap {
            try Report(decoding: $0.body).observations
        }
    }

    /// Moves the clock a second at a time until so many runs began; gives up after a real minute.
    private func advance(_ time: ManualTime, _ runs: Runs, until wanted: Int) async -> Int {
        let real = SystemTime()
        let limit = real.monotonic + .seconds(60)
        var steps = 0
        while runs.count.withLock({ $0 }) < wanted, real.monotonic < limit {
            time.advance(by: .seconds(1))
            steps += 1
            await runs.bell.wait(until: real.monotonic + .milliseconds(100), real)
        }
        return steps
    }

    @Test(arguments: [-3600, 3600]) func aJumpOfTheWallClockNeitherStallsNorBursts(seconds: Int) async throws {
        let folder = try TemporaryFolder()
        let (time, runs) = (ManualTime(), Runs())
        let spool = try Spool(path: folder.file("spool"))
        let agent = try agent("up", spool, time, runs)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await agent.measuring.run() }
            let before = await advance(time, runs, until: 5)
            #expect(runs.count.withLock { $0 } <= before + 1)
            time.jumpWall(by: .seconds(seconds))
            let after = await advance(time, runs, until: 10)
            #expect((10...before + after + 1).contains(runs.count.withLock { $0 }))
            group.cancelAll()
        }
        let durations = try await observations(agent, spool).map(\.duration)
        #expect(durations.allSatisfy { $0 >= .zero && $0 < .seconds(60) })
    }

    @Test func aProbeThatForgetsItsDeadlineIsUnknownNotDown() async throws {
        let folder = try TemporaryFolder()
        let (time, runs) = (ManualTime(), Runs())
        let spool = try Spool(path: folder.file("spool"))
        let agent = try agent("hang", spool, time, runs)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await agent.measuring.run() }
            _ = await advance(time, runs, until: 3)
            group.cancelAll()
        }
        let outcomes = try await observations(agent, spool).map(\.outcome)
        #expect(!outcomes.isEmpty)
        #expect(outcomes.allSatisfy { $0.state == .unknown && $0.reason?.code == "overran" })
    }

    /// Whoever has asked asks again: whatever the schedule hands out is asked once, and every answer is told.
    @Test(arguments: [8, 4096]) func everyTurnIsAskedOnce(concurrency: Int) async throws {
        let folder = try TemporaryFolder()
        let (time, runs) = (ManualTime(), Runs())
        let spool = try Spool(path: folder.file("spool"))
        let catalogue = Catalogue([.init(CountingProbe(runs: runs))])
        let agent = AgentAssembly(
            .init(
                programVersion: "1", catalogue: catalogue, spool: spool, link: CollectorStandIn(), compress: { $0 },
                readFacts: { ([], []) }, concurrency: concurrency, time: time,
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let checks = (0..<200).map {
            Check(
                name: CheckName(asset: "a\($0)", part: "b"), kind: "scripted", target: "up", interval: .seconds(1),
                timeout: .milliseconds(500))
        }
        var schedule = Schedule(epoch: time.monotonic)
        let question = try catalogue.question("scripted", target: "up", settings: [:])
        agent.measuring.adopt(Assignment(version: "1", checks: checks.map { .init(check: $0, question: question) }))
        schedule.replace(Dictionary(uniqueKeysWithValues: checks.map { ($0.name, $0.interval) }), at: time.monotonic)
        var wanted = 0
        let real = SystemTime()
        let limit = real.monotonic + .seconds(60)
        let told = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await agent.measuring.run() }
            for _ in 0..<30 {
                time.advance(by: .milliseconds(100))
                for run in schedule.due(at: time.monotonic, atMost: .max) {
                    wanted += 1
                    schedule.finished(run)
                }
                while runs.count.withLock({ $0 }) < wanted, real.monotonic < limit {
                    await runs.bell.wait(until: real.monotonic + .milliseconds(100), real)
                }
            }
            // What was asked last may still be on its way to the batch.
            var told = try await observations(agent, spool)
            while told.count < wanted, real.monotonic < limit {
                await runs.bell.wait(until: real.monotonic + .milliseconds(10), real)
                told = try await observations(agent, spool)
            }
            group.cancelAll()
            return told
        }
        #expect(wanted > 200 * 2)
        #expect(runs.count.withLock { $0 } == wanted)
        #expect(told.count == wanted)
        #expect(told.allSatisfy { $0.outcome == .up })
    }
}
