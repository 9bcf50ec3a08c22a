import Detection
import Testing
import Vocabulary

/// What it changes that somebody says "I have it", and what it does not.
@Suite struct AcknowledgementTests {
    private func province(core: Set<Int64> = [1, 2]) -> Town { AlertEngineTests.province(core: core) }

    /// A codec that is slow, and that somebody was told of.
    private func slow() -> (town: Town, incident: Int64) {
        var town = province()
        town.fail(12, .degraded(Reason("slow")))
        town.pass(40)
        return (town, town.told.first?.incident ?? 0)
    }

    @Test func whatBecomesWorseWaitsForTheEndAndIsThenOneReminder() {
        var (town, incident) = slow()
        town.acknowledge(incident, Acknowledgement(by: "lan", until: town.now + .seconds(600)))
        town.fail(12)
        town.pass(599)
        #expect(town.told.map(\.telling) == [.problem], "recorded, and told to nobody")
        #expect(town.decisions.contains { if case .worseHeld("lan", _) = $0.verdict { true } else { false } })
        town.pass(2)
        #expect(town.told.map(\.telling) == [.problem, .reminder])
        #expect(town.engine.incidents[incident]?.acknowledged == nil && town.engine.incidents[incident]?.told == .down)
        town.pass(3600)
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .reminder, .recovery])
    }

    @Test func withoutAnEndNothingIsHeldBack() {
        var (town, incident) = slow()
        town.acknowledge(incident, Acknowledgement(by: "lan"))
        town.fail(12)
        town.pass(40)
        town.pass(86_400)
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .worse, .recovery])
    }

    @Test func givenBackWhatBecameWorseIsToldAtOnce() {
        var (town, incident) = slow()
        town.acknowledge(incident, Acknowledgement(by: "lan", until: town.now + .seconds(600)))
        town.fail(12)
        town.pass(100)
        #expect(town.told.map(\.telling) == [.problem])
        town.acknowledge(incident, nil)
        town.pass(1)
        #expect(town.told.map(\.telling) == [.problem, .worse])
        town.pass(3600)
        #expect(town.told.count == 2, "and nothing is left that reminds")
    }

    @Test func aRecoveryIsNeverHeld() {
        var (town, incident) = slow()
        town.acknowledge(incident, Acknowledgement(by: "lan", until: town.now + .seconds(600)))
        town.pass(10)
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .recovery])
        town.pass(3600)
        #expect(town.told.count == 2 && town.engine.incidents.isEmpty)
    }

    @Test func whatNobodyWasToldOfIsToldAllTheSame() {
        var town = province()
        town.fail(12)
        town.pass(5)
        let incident = town.engine.incidents.keys.first ?? 0
        town.acknowledge(incident, Acknowledgement(by: "lan", until: town.now + .seconds(10)))
        town.pass(40)
        // The end came before anybody was told: nothing to remind of.
        #expect(town.told.map(\.telling) == [.problem])
        #expect(town.decisions.contains { $0.verdict == .lapsed(by: "lan") })
    }

    @Test func whatIsMoreImportantIsToldToWhoWantsThat() {
        var town = Town(
            Dependencies([
                1: .init(importance: .normal, site: "hall", reach: [.check(1)]),
                2: .init(importance: .core, via: [[1]], reach: [.check(2)]),
            ]))
        town.fail(1)
        town.pass(40)
        let incident = town.told.first?.incident ?? 0
        town.acknowledge(incident, Acknowledgement(by: "lan", until: town.now + .seconds(3600)))
        // Not explained by the first: it failed long before.
        town.fail(2, since: town.now - .seconds(3600))
        town.pass(10)
        #expect(town.told.map(\.importance) == [.normal, .core])
    }

    @Test func nobodyIsRemindedOfWhatNobodySeesToFail() {
        var (town, incident) = slow()
        town.acknowledge(incident, Acknowledgement(by: "lan", until: town.now + .seconds(60)))
        town.take(.unknown(Reason("agent-silent")), 12)
        town.pass(120)
        #expect(town.told.map(\.telling) == [.problem], "unknown is not failing")
        town.fail(12, .degraded(Reason("slow")))
        town.pass(1)
        #expect(town.told.map(\.telling) == [.problem, .reminder])
        town.acknowledge(incident, Acknowledgement(by: "lan", until: town.now + .seconds(60)))
        town.quiet([12: .maintenance("works", until: nil)])
        town.pass(120)
        #expect(town.told.count == 2, "in maintenance nobody is called")
        town.quiet([:])
        town.pass(1)
        #expect(town.told.map(\.telling) == [.problem, .reminder, .reminder])
    }

    /// Two that were told become one: who had the one has the other, and nothing of that is held back.
    @Test func itGoesAlongWhenTwoThatWereToldBecomeOne() throws {
        var town = province()
        town.fail(10, .degraded(Reason("loss")))
        town.pass(40)
        let line = try #require(town.told.last?.incident)
        town.fail(11)
        town.pass(40)
        let child = try #require(town.told.last?.incident)
        #expect(child != line)
        town.acknowledge(child, Acknowledgement(by: "lan", until: town.now + .seconds(300)))
        // The line turns out to have failed before its gateway.
        town.fail(10, since: town.now - .seconds(45))
        #expect(town.engine.incidents[child]?.mergedInto == line)
        #expect(town.engine.incidents[child]?.acknowledged == nil)
        #expect(town.engine.incidents[line]?.acknowledged == Acknowledgement(by: "lan"))
        #expect(town.decisions.contains { $0.verdict == .handed(by: "lan", from: child) && $0.incident == line })
        town.pass(3600)
        #expect(town.told.map(\.telling) == [.problem, .problem, .worse], "the line is more than lan knew of")
        town.heal(10)
        town.heal(11)
        #expect(town.told.map(\.telling) == [.problem, .problem, .worse, .recovery, .recovery])
    }

    /// Who was told of the child hears of the parent under the same number: whoever had that still has it.
    @Test func itStaysWhenTheIncidentGoesOnUnderAnotherRoot() {
        var (town, incident) = slow()
        town.acknowledge(incident, Acknowledgement(by: "lan", until: town.now + .seconds(300)))
        town.fail(11, since: town.now - .seconds(45))
        #expect(town.engine.incidents[incident]?.root == 11)
        #expect(town.engine.incidents[incident]?.acknowledged == Acknowledgement(by: "lan"))
    }
}
