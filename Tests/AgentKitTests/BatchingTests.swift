import AgentKit
import Logging
import Spool
import TestSupport
import Testing
import Vocabulary
import Wire

/// What is sealed at once and what waits for the flush.
@Suite struct BatchingTests {
    private let folder: TemporaryFolder
    private let time = ManualTime()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func observation(_ asset: String, _ second: Int64) -> Observation {
        Observation(
            check: CheckName(asset: asset, part: "icmp"), time: time.wall + .seconds(second),
            duration: .milliseconds(1),
            outcome: .up, readings: [])
    }

    private func change(_ asset: String) -> StateChange {
        StateChange(
            check: CheckName(asset: asset, part: "icmp"), outcome: .down(Reason("no-reply")), since: time.wall,
            confirmed: time.wall, runs: 3)
    }

    /// What a check said goes with its change; what others said waits, and keeps its order with what came since.
    @Test func aChangeTakesAlongWhatItRestsOnAndNothingElse() async throws {
        let (spool, link) = (try Spool(path: folder.file("spool")), CollectorStandIn())
        let agent = AgentAssembly(
            .init(
                programVersion: "1", catalogue: scripted(), spool: spool, link: link, compress: { $0 },
                readFacts: { ([], []) }, time: time, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        for second in 0..<4 {
            agent.batching.take(observation("a", Int64(second)), second == 3 ? change("a") : nil)
            agent.batching.take(observation("b", Int64(second)), nil)
        }
        await agent.batching.seal(everything: false)
        #expect(try await spool.state().reports == ClassCounts(states: 1))
        agent.batching.take(observation("a", 4), nil)
        agent.batching.take(observation("b", 4), nil)
        // Nothing is urgent: nothing is sealed.
        await agent.batching.seal(everything: false)
        #expect(try await spool.state().reports == ClassCounts(states: 1))
        await agent.batching.seal(everything: true)
        while case .delivered(more: true) = await agent.uplink.exchange() {}
        let reports = try link.reports()
        let urgent = try #require(reports.first { !$0.states.isEmpty })
        #expect(urgent.observations == (0..<4).map { observation("a", $0) })
        let others = reports.filter { $0.states.isEmpty }.flatMap(\.observations)
        #expect(others.filter { $0.check.asset == "b" } == (0..<5).map { observation("b", $0) })
        #expect(others.filter { $0.check.asset == "a" } == [observation("a", 4)])
    }
}
