import AgentKit
import Logging
import Spool
import TestSupport
import Testing
import Vocabulary
import Wire

/// What was found, on its way from the look to the collector.
@Suite struct FindingTests {
    private let folder: TemporaryFolder
    private let time = ManualTime()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func assembly(_ spool: Spool, _ link: CollectorStandIn) -> AgentAssembly {
        AgentAssembly(
            .init(
                programVersion: "1", catalogue: scripted(), spool: spool, link: link, compress: { $0 },
                readFacts: { ([], []) }, time: time, chance: { 1 },
                log: Logger(label: "test") { _ in
                    SwiftLogNoOpLogHandler()
                }))
    }

    private func finding(_ subject: String, evidence: String = "x") -> Finding {
        Finding(
            rule: "new-listener", severity: .medium, subject: subject, firstSeen: time.wall, lastSeen: time.wall,
            evidence: [.init("program", evidence)])
    }

    @Test func aFindingDoesNotWaitForTheFlushAndItsMemoryGoesWithIt() async throws {
        let (spool, link) = (try Spool(path: folder.file("spool")), CollectorStandIn())
        let agent = assembly(spool, link)
        agent.batching.take([finding("tcp 1"), finding("tcp 2")], keeping: ["watch": [1]])
        agent.batching.take([], keeping: ["watch": [2]])
        await agent.batching.seal(everything: false)
        #expect(try await spool.kept("watch") == [2])
        #expect(try await spool.state().reports == ClassCounts(findings: 1))
        #expect(await agent.uplink.exchange() == .delivered(more: false))
        #expect(try link.reports().flatMap(\.findings).map(\.subject) == ["tcp 1", "tcp 2"])
    }

    @Test func memoryAloneIsKeptWithTheNextFlush() async throws {
        let spool = try Spool(path: folder.file("spool"))
        let agent = assembly(spool, CollectorStandIn())
        agent.batching.take([], keeping: ["watch": [7]])
        await agent.batching.seal(everything: true)
        #expect(try await spool.kept("watch") == [7])
        #expect(try await spool.state().isEmpty)
    }

    @Test func whatIsTooLongIsCutAndManyGoInSeveralReports() async throws {
        let (spool, link) = (try Spool(path: folder.file("spool")), CollectorStandIn())
        let agent = assembly(spool, link)
        let long = String(repeating: "ờ", count: 100_000)
        agent.batching.take((0..<450).map { finding("\($0) \(long)", evidence: long) }, keeping: [:])
        await agent.batching.seal(everything: false)
        while case .delivered(more: true) = await agent.uplink.exchange() {}
        let reports = try link.reports()
        #expect(reports.flatMap(\.findings).count == 450 && reports.count >= 3)
        #expect(reports.flatMap(\.findings).allSatisfy { $0.subject.utf8.count <= 1024 })
    }
}
