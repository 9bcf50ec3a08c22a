import AgentKit
import Logging
import ProbeKit
import ServiceLifecycle
import Spool
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import Vocabulary
import Wire

/// All stages together under a service group, as `main` runs them, against a stand-in for the collector.
@Suite struct AgentTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func assignment(_ version: String) throws -> [UInt8] {
        var assignment = ProtoAssignment()
        assignment.versionOfFormat = 1
        assignment.version = version
        assignment.flushInterval = 500
        for (name, kind, target) in [
            ("a/good", "scripted", "up"), ("a/bad", "scripted", "broken"), ("a/alien", "telepathy", "x"),
            ("a/empty", "scripted", ""), ("nameless", "scripted", "up"), ("a/good", "scripted", "up"),
        ] {
            var check = ProtoCheck()
            check.name = name
            check.kind = kind
            check.target = target
            check.interval = 200
            assignment.checks.append(check)
        }
        return try assignment.serializedBytes()
    }

    @Test func anAssignmentIsTakenCheckByCheck() throws {
        let read = try Assignment(decoding: assignment("7"), catalogue: scripted())
        #expect(read.checks.map(\.check.name.rawValue) == ["a/good", "a/bad"])
        #expect(read.refused.map(\.check.rawValue) == ["a/alien", "a/empty", "nameless", "a/good"])
        #expect(read.version == "7" && read.flushInterval == .milliseconds(500))
        #expect(read.checks.first?.check.timeout == .milliseconds(500), "the probe's own when the check says none")
        #expect(throws: WireError.self) { try Assignment(decoding: [0xff], catalogue: scripted()) }
        #expect(throws: WireError.self) { try Assignment(decoding: [], catalogue: scripted()) }
    }

    @Test func measuresTellsAndSaysFarewell() async throws {
        let folder = try TemporaryFolder()
        let heard = Bell()
        let link = CollectorStandIn(heard: heard)
        let bytes = try assignment("1")
        link.state.withLock {
            $0.assignment = bytes
            $0.assignmentVersion = "1"
        }
        let spool = try Spool(path: folder.file("spool"))
        let agent = AgentAssembly(
            .init(
                programVersion: "1", catalogue: scripted(), spool: spool, link: link, compress: { $0 },
                readFacts: { ([Fact("os", "name", value: "Debian")], [BlindSpot("x", detail: "y", remedy: "z")]) },
                log: quiet))
        let group = ServiceGroup(services: agent.services, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let time = SystemTime()
            let deadline = time.monotonic + .seconds(60)
            while time.monotonic < deadline {
                await heard.wait(until: deadline, time)
                let reports = try link.reports()
                let isDown = reports.flatMap(\.states).contains { $0.check.part == "bad" && $0.outcome.state == .down }
                if isDown, reports.contains(where: { $0.facts?.asset == "a" }),
                    reports.flatMap(\.states).contains(where: { $0.check.part == "good" }),
                    reports.contains(where: { $0.facts?.source == "agent" })
                {
                    break
                }
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        let reports = try link.reports()
        let states = reports.flatMap(\.states)
        let down = try #require(states.first { $0.check.part == "bad" && !$0.isRestated })
        #expect(down.runs == 3 && down.outcome == .down(Reason("scripted", got: "broken")))
        let withDown = try #require(reports.first { $0.states.contains(down) })
        #expect(withDown.observations.filter { $0.check == down.check }.count >= 1, "the evidence rides along")
        #expect(
            Set(states.filter { $0.outcome.reason?.code == "cannot-run" }.map(\.check.rawValue)) == [
                "a/alien", "a/empty",
            ])
        #expect(try await spool.state().isEmpty, "the farewell left nothing behind")
        let presence = try #require(link.state.withLock { $0.presences.last })
        #expect(presence.assignmentVersion == "1" && presence.checks == 2 && presence.refusedChecks.count == 4)
        #expect(presence.blindSpots.map(\.code) == ["x"])
        #expect(link.state.withLock { $0.fetches } == 1)
    }

    @Test func aRestartedAgentKnowsItsAssignmentWithoutACollector() async throws {
        let folder = try TemporaryFolder()
        let link = CollectorStandIn()
        let bytes = try assignment("5")
        link.state.withLock { $0.assignment = bytes }
        func agent() throws -> AgentAssembly {
            AgentAssembly(
                .init(
                    programVersion: "1", catalogue: scripted(), spool: try Spool(path: folder.file("spool")),
                    link: link,
                    compress: { $0 }, readFacts: { ([], []) }, log: quiet))
        }
        try await agent().keeper.follow("5")
        let restarted = try agent()
        #expect(restarted.status.assignmentVersion.isEmpty)
        await restarted.keeper.restore()
        #expect(restarted.status.assignmentVersion == "5")
        await restarted.keeper.follow("5")
        #expect(link.state.withLock { $0.fetches } == 1)
    }
}

@Suite struct BeliefsTests {
    @Test func aSwapKeepsWhatIsBelievedOfTheSameQuestion() throws {
        func planned(_ target: String, every seconds: Int) throws -> Assignment {
            let check = Check(
                name: CheckName(asset: "a", part: "b"), kind: "scripted", target: target, interval: .seconds(seconds),
                timeout: .seconds(1))
            let question = try scripted().question("scripted", target: target, settings: [:])
            return Assignment(version: "1", checks: [.init(check: check, question: question)])
        }
        let beliefs = Beliefs()
        let now = Instant(seconds: 1)
        #expect(beliefs.adopt(try planned("up", every: 1), at: now).isEmpty)
        let check = try planned("up", every: 1).checks[0].check
        #expect(beliefs.apply(Reply(asked: now, took: .zero, outcome: .up), of: check) != nil)
        _ = beliefs.adopt(try planned("up", every: 9), at: now)
        #expect(beliefs.restated(at: now).map(\.outcome) == [.up])
        _ = beliefs.adopt(try planned("other", every: 9), at: now)
        #expect(beliefs.restated(at: now).isEmpty)
        #expect(
            beliefs.apply(Reply(asked: now, took: .zero, outcome: .up), of: check) == nil,
            "an answer about another target is none")
    }
}
