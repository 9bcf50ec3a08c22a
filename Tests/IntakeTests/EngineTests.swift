import Detection
import Intake
import SQLite
import Storage
import Testing
import Vocabulary
import Wire

@Suite struct EngineTests {
    let now = Instant(seconds: 1_700_000_000)

    private func enrolled() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        for (id, name) in [("a1", "web-1"), ("a2", "web-2")] {
            let asset = try AssetStore(connection).addEnrolled(name: name, assetClass: "server", at: now)
            try AgentStore(connection).add(id: id, assetID: asset.id, machine: Array(id.utf8), at: now)
        }
        return connection
    }

    private func sheet(_ facts: [Fact], after seconds: Int64 = 0) -> Report {
        Report(
            sealed: now, facts: FactSheet(asset: "", source: "agent", seen: now + .seconds(seconds), facts: facts))
    }

    @Test func factsBringChecksAndTheAgentHearsOfIt() throws {
        let connection = try enrolled()
        var engine = Engine()
        let report = sheet([Fact("listen", "tcp", "0.0.0.0:22", "program", value: "sshd")])
        let effects = try engine.apply(report, of: "a1", received: now, in: connection)
        #expect(effects.reassigned == ["a1"])
        #expect(try CheckStore(connection).active(agent: "a1").map(\.name.rawValue) == ["web-1/host", "web-1/tcp-22"])
        #expect(try engine.apply(report, of: "a1", received: now, in: connection).reassigned.isEmpty)
    }

    @Test func rulesReachWhatAMachineAsksOfItself() throws {
        let connection = try enrolled()
        try RuleStore(connection).put(
            Rule(
                name: "full", match: .init(classes: ["server"], assets: ["web-1"]),
                checks: ["host": ["filesystem.full": "0.8"]]))
        var engine = Engine()
        for agent in ["a1", "a2"] { _ = try engine.apply(sheet([]), of: agent, received: now, in: connection) }
        let settings = { try CheckStore(connection).active(agent: $0).map(\.settings) }
        #expect(try settings("a1") == [["filesystem.full": "0.8"]] && settings("a2") == [[:]])
        #expect(try engine.apply(sheet([]), of: "a1", received: now, in: connection).reassigned.isEmpty)
    }

    @Test func theFirstSheetIsNoHistoryTheSecondIs() throws {
        let connection = try enrolled()
        var engine = Engine()
        _ = try engine.apply(sheet([Fact("os", "kernel", value: "6.1")]), of: "a1", received: now, in: connection)
        let asset = try #require(try AssetStore(connection).asset(named: "web-1", scope: .everything))
        #expect(try FactStore(connection).changes(assetID: asset.id, limit: 9).isEmpty)
        _ = try engine.apply(
            sheet([Fact("os", "kernel", value: "6.2")], after: 60), of: "a1", received: now, in: connection)
        let changes = try FactStore(connection).changes(assetID: asset.id, limit: 9)
        #expect(changes.map(\.was) == ["6.1"] && changes.map(\.became) == ["6.2"])
        // An older sheet that arrives late changes nothing.
        let late = try engine.apply(
            sheet([Fact("os", "kernel", value: "5")], after: 30), of: "a1", received: now, in: connection)
        #expect(late.ignored.count == 1)
        #expect(try FactStore(connection).facts(assetID: asset.id).map(\.fact.value) == ["6.2"])
    }

    @Test func findingsAreAboutTheAgentsOwnMachineAndCountOnce() throws {
        let connection = try enrolled()
        var engine = Engine()
        let finding = Finding(
            rule: "new-listener", severity: .medium, subject: "tcp 4444 nc", firstSeen: now, lastSeen: now,
            evidence: [.init("program", "nc")])
        let report = Report(sealed: now, findings: [finding])
        let encoded = try report.encoded()
        let decoded = try Report(decoding: encoded)
        #expect(decoded == report && Report.isUrgent(encoded))
        #expect(try engine.apply(decoded, of: "a2", received: now, in: connection).findings == 1)
        #expect(try engine.apply(decoded, of: "a2", received: now, in: connection).findings == 0)
        #expect(try engine.apply(decoded, of: "nobody", received: now, in: connection).ignored.count == 1)
        let listed = try FindingStore(connection).list(scope: .everything, limit: 9)
        #expect(listed.map(\.asset) == ["web-2"] && listed.first?.finding == finding)
    }

    @Test func anAgentCannotSpeakOfAnothersCheck() throws {
        let connection = try enrolled()
        var engine = Engine()
        _ = try engine.apply(sheet([]), of: "a1", received: now, in: connection)
        let name = CheckName(asset: "web-1", part: "host")
        let report = Report(
            sealed: now,
            observations: [Observation(check: name, time: now, duration: .zero, outcome: .up, readings: [])],
            states: [StateChange(check: name, outcome: .down(Reason("timeout")), since: now, confirmed: now, runs: 4)])
        let foreign = try engine.apply(report, of: "a2", received: now, in: connection)
        #expect(foreign.ignored == ["web-1/host: not a check of this agent", "web-1/host: not a check of this agent"])
        #expect(try ConditionStore(connection).statuses(scope: .everything).map(\.outcome) == [nil])
        let own = try engine.apply(report, of: "a1", received: now, in: connection)
        #expect(own.ignored.isEmpty && own.transitions == 1 && own.samples == 2)
        #expect(try ConditionStore(connection).statuses(scope: .everything).map(\.outcome?.state) == [.down])
    }

    @Test func aPortThatClosesIsStillAskedForAWhile() throws {
        let connection = try enrolled()
        var engine = Engine()
        _ = try engine.apply(
            sheet([Fact("listen", "tcp", "0.0.0.0:22", "program", value: "sshd")]), of: "a1", received: now,
            in: connection)
        _ = try engine.apply(sheet([], after: 3600), of: "a1", received: now, in: connection)
        #expect(try engine.retireChecks(at: now + .seconds(7000), in: connection).reassigned.isEmpty)
        #expect(try engine.retireChecks(at: now + .seconds(7200), in: connection).reassigned == ["a1"])
        #expect(try CheckStore(connection).active(agent: "a1").map(\.name.part) == ["host"])
    }

    @Test func aRunFromTheFarFutureIsIgnoredAndSaid() throws {
        let connection = try enrolled()
        var engine = Engine()
        _ = try engine.apply(sheet([]), of: "a1", received: now, in: connection)
        let name = CheckName(asset: "web-1", part: "host")
        let times = [now + .seconds(3600), now - .seconds(3600), now + .seconds(90_000), Instant(microseconds: .max)]
        let report = Report(
            sealed: now,
            observations: times.map { Observation(check: name, time: $0, duration: .zero, outcome: .up, readings: []) })
        let effects = try engine.apply(report, of: "a1", received: now, in: connection)
        #expect(effects.ignored.count == 2 && effects.samples == 4)
    }
}
