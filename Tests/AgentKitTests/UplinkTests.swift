import AgentKit
import Logging
import Spool
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import Vocabulary
import Wire

/// The uplink against a stand-in for the collector, over a real spool.
@Suite struct UplinkTests {
    let folder: TemporaryFolder
    let time = ManualTime()

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

    private func spool(_ reports: Int, bytes: Int = 10) async throws -> Spool {
        let spool = try Spool(path: folder.file("spool"))
        for index in 0..<reports {
            try await spool.append([
                OutgoingReport(
                    .samples, sealed: Instant(seconds: Int64(index)), body: [UInt8](repeating: 1, count: bytes))
            ])
        }
        return spool
    }

    @Test func anEmptyDeliveryCarriesThePresence() async throws {
        let link = CollectorStandIn()
        let uplink = assembly(try await spool(0), link).uplink
        #expect(await uplink.exchange() == .delivered(more: false))
        time.jumpWall(by: .seconds(3600))
        _ = await uplink.exchange()
        _ = await uplink.exchange()
        #expect(link.state.withLock { $0.presences.map(\.clockStep) } == [0, 3_600_000_000, 0])
    }

    @Test func aLostReplyIsSentAgainAndTakenOnce() async throws {
        let replies = Mutex([CollectorStandIn.Mood.lostReply, .good])
        let link = CollectorStandIn(mood: { _ in replies.withLock { $0.isEmpty ? .good : $0.removeFirst() } })
        let spool = try await spool(3)
        let uplink = assembly(spool, link).uplink
        #expect(await uplink.exchange() == .failed(pause: .milliseconds(500)))
        #expect(await uplink.exchange() == .delivered(more: false))
        #expect(link.state.withLock { $0.effects.count == 3 && $0.deliveries == [[3, 2, 1], [3, 2, 1]] })
    }

    @Test func aRefusedReportIsSetAsideAndTheRestTaken() async throws {
        let link = CollectorStandIn(badReports: { $0 == 2 })
        let spool = try await spool(3)
        #expect(await assembly(spool, link).uplink.exchange() == .delivered(more: false))
        #expect(try await spool.state().refused == 1)
        #expect(try await spool.refused().first?.problem == "bad")
    }

    @Test func theReportThatSpoilsAWholeDeliveryIsFound() async throws {
        let link = CollectorStandIn(mood: { delivery in
            delivery.reports.contains { $0.sequence == 4 } ? .refuse(status: 400, code: "malformed") : .good
        })
        let spool = try await spool(9)
        let uplink = assembly(spool, link).uplink
        for _ in 0..<40 where try await !spool.state().isEmpty { _ = await uplink.exchange() }
        #expect(link.state.withLock { $0.effects.count } == 8)
        #expect(try await spool.refused().map(\.sequence) == [4])
    }

    @Test func whenEvenAnEmptyDeliveryIsRefusedNoReportIsGivenUp() async throws {
        let link = CollectorStandIn(mood: { _ in .refuse(status: 400, code: "wrong-version") })
        let spool = try await spool(3)
        let uplink = assembly(spool, link).uplink
        for _ in 0..<20 { _ = await uplink.exchange() }
        #expect(try await spool.state().reports.total == 3)
    }

    @Test func aProxyThatTakesLessGetsSmallerDeliveries() async throws {
        let link = CollectorStandIn(mood: { delivery in
            delivery.reports.count > 2 ? .refuse(status: 413, code: "") : .good
        })
        let spool = try await spool(30, bytes: 50_000)
        let uplink = assembly(spool, link).uplink
        for _ in 0..<100 where try await !spool.state().isEmpty { _ = await uplink.exchange() }
        #expect(link.state.withLock { $0.effects.count } == 30)
        #expect(try await spool.state().refused == 0)
    }

    @Test(arguments: [401, 403, 500, 503, 302]) func otherRefusalsKeepEverything(status: Int) async throws {
        let link = CollectorStandIn(mood: { _ in .refuse(status: status, code: "no") })
        let spool = try await spool(2)
        #expect(await assembly(spool, link).uplink.exchange() == .failed(pause: .milliseconds(500)))
        #expect(try await spool.state().reports.total == 2)
    }

    @Test func aDeliveryStaysFarBelowTheLimits() async throws {
        let link = CollectorStandIn()
        let spool = try await spool(10, bytes: 900_000)
        let uplink = assembly(spool, link).uplink
        #expect(await uplink.exchange() == .delivered(more: true))
        #expect(link.state.withLock { $0.deliveries } == [[10, 9]])
    }

    /// Whatever fails and in whatever order: each report arrives once, was refused, or is counted as dropped.
    @Test(arguments: 1...25 as ClosedRange<UInt64>) func everyReportArrivesOnceOrIsCounted(seed: UInt64) async throws {
        let random = Mutex(Dice(seed: seed))
        let calm = Mutex(false)
        let link = CollectorStandIn(
            badReports: { $0 % 17 == 0 },
            mood: { _ in
                if calm.withLock({ $0 }) { return .good }
                return switch random.withLock({ $0.next() % 7 }) {
                case 0: .lostRequest
                case 1: .lostReply
                case 2: .refuse(status: 503, code: "busy")
                case 3: .partial
                case 4: .refuse(status: 413, code: "")
                default: .good
                }
            })
        let path = folder.file("spool")
        let bounds = SpoolBounds(bytes: 40 * 1128)
        var spool = try Spool(path: path, bounds: bounds)
        var uplink = assembly(spool, link).uplink
        let stream = try await spool.state().stream
        var appended: Set<UInt64> = []
        for step in 0..<150 {
            switch random.withLock({ $0.next() % 8 }) {
            case 0..<5:
                let kind = ReportClass(rawValue: Int(random.withLock { $0.next() % 3 })) ?? .samples
                appended.formUnion(
                    try await spool.append([
                        OutgoingReport(
                            kind, sealed: Instant(seconds: Int64(step)), body: [UInt8](repeating: 2, count: 1000))
                    ]))
            case 5..<7:
                _ = await uplink.exchange()
            default:
                spool = try Spool(path: path, bounds: bounds)
                uplink = assembly(spool, link).uplink
            }
        }
        calm.withLock { $0 = true }
        for _ in 0..<300 where try await !spool.state().isEmpty { _ = await uplink.exchange() }
        let state = try await spool.state()
        let arrived = link.state.withLock { Set($0.effects.keys.map(\.sequence)).union($0.refused) }
        #expect(link.state.withLock { $0.effects.keys.allSatisfy { $0.stream == stream } })
        #expect(state.isEmpty && arrived.isSubset(of: appended))
        let missing = UInt64(appended.subtracting(arrived).count)
        // One taken with a lost reply may be dropped before it is acknowledged: then it is counted and arrived too.
        #expect(missing <= state.dropped.total + state.refused)
        #expect(UInt64(appended.count) <= UInt64(arrived.count) + state.dropped.total + state.refused)
    }
}
