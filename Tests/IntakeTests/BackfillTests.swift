import Detection
import Intake
import SQLite
import Storage
import Testing
import Vocabulary
import Wire

/// An agent is cut off from the collector, sees a failure meanwhile, and delivers its spool on its return.
@Suite struct BackfillTests {
    let now = Instant(seconds: 1_700_000_000)
    let name = CheckName(asset: "site", part: "icmp")
    let gone = Outcome.down(Reason("no-reply"))

    private func province() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let machine = try AssetStore(connection).addEnrolled(name: "vm", assetClass: "server", at: now)
        try AgentStore(connection).add(id: "a1", assetID: machine.id, machine: [1], at: now)
        let id = try AssetStore(connection).put(
            name: "site", assetClass: "router", address: "10.0.0.1", url: "", unit: "", site: "", importance: .normal,
            at: now)
        let check = Check(name: name, kind: "icmp", target: "10.0.0.1", interval: .seconds(10), timeout: .seconds(1))
        try CheckStore(connection).put(check, assetID: id, agent: "a1", at: now)
        return connection
    }

    private func at(_ second: Int64) -> Instant { now + .seconds(second) }

    private func change(_ outcome: Outcome, _ second: Int64) -> StateChange {
        StateChange(check: name, outcome: outcome, since: at(second), confirmed: at(second + 2), runs: 8)
    }

    private func runs(_ seconds: StrideTo<Int64>) -> [Observation] {
        seconds.map {
            Observation(check: name, time: at($0), duration: .milliseconds(9), outcome: .up, readings: [])
        }
    }

    /// Silent from 100 to 700; the agent saw the target fall at 300 and measured until `until`.
    private func story(measuredUntil until: Int64) throws -> Connection {
        let connection = try province()
        var engine = Engine()
        let agents = AgentStore(connection)
        _ = try engine.apply(
            Report(sealed: at(100), observations: runs(stride(from: 0, to: 100, by: 10)), states: [change(.up, 0)]),
            of: "a1", received: at(100), in: connection)
        try agents.wasSeen("a1", at: at(100), clockOffset: .zero, presence: [])
        let watch = SilenceWatch(started: now)
        try engine.pass(to: at(121), silence: watch, in: connection)
        try agents.wasSeen("a1", at: at(700), clockOffset: .zero, presence: [])
        // The return is noticed before the spool is applied: the order that used to leave "up" as the last word.
        try engine.pass(to: at(701), silence: watch, in: connection)
        _ = try engine.apply(
            Report(
                sealed: at(700), observations: runs(stride(from: 100, to: until, by: 10)), states: [change(gone, 300)]),
            of: "a1", received: at(702), in: connection)
        _ = try engine.apply(
            Report(sealed: at(800), observations: runs(stride(from: 700, to: 800, by: 10))), of: "a1",
            received: at(800), in: connection)
        return connection
    }

    private func record(_ connection: Connection) throws -> [Record.Span] {
        let conditions = ConditionStore(connection)
        let check = try #require(try CheckStore(connection).find(name))
        let asset = try #require(try AssetStore(connection).asset(named: "site", scope: .everything))
        let changes = try conditions.transitions(assetID: asset.id, limit: 100)
        return try Record(changes, until: at(800), isSilence: { $0 == ConditionStore.silence }) { time in
            try conditions.unseen(checkID: check.id, in: time, gap: .seconds(30))
        }.spans
    }

    @Test func theLastWordIsWhatTheAgentSaw() throws {
        let connection = try story(measuredUntil: 700)
        let asset = try #require(try AssetStore(connection).asset(named: "site", scope: .everything))
        let newest = try #require(
            try ConditionStore(connection).transitions(assetID: asset.id, limit: 100).first)
        #expect(newest.outcome == gone && newest.since == at(701), "on its return it was down, not up")
        #expect(try ConditionStore(connection).statuses(scope: .everything).first?.outcome == gone)
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).map(\.asset) == ["site"])
    }

    @Test func theUnknownIsFilledWithWhatTheAgentSaw() throws {
        #expect(
            try record(try story(measuredUntil: 700)) == [
                .init(.up, from: at(0), to: at(100)), .init(.up, from: at(100), to: at(300), isRevised: true),
                .init(gone, from: at(300), to: at(701), isRevised: true), .init(gone, from: at(701), to: at(800)),
            ])
    }

    @Test func whereItMeasuredNothingItStaysUnknown() throws {
        let silent = Outcome.unknown(ConditionStore.silence)
        #expect(
            try record(try story(measuredUntil: 400)) == [
                .init(.up, from: at(0), to: at(100)), .init(.up, from: at(100), to: at(300), isRevised: true),
                .init(gone, from: at(300), to: at(390), isRevised: true), .init(silent, from: at(390), to: at(700)),
                .init(gone, from: at(700), to: at(701), isRevised: true), .init(gone, from: at(701), to: at(800)),
            ])
    }
}
