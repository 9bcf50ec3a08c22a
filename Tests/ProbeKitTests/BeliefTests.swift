import ProbeKit
import ProbeSettings
import Testing
import Vocabulary

/// Quality and the agent's own network.
@Suite struct BeliefTests {
    private let check = CheckName(asset: "site", part: "icmp")

    private func icmp(_ tolerances: Tolerances = Tolerances()) -> Belief {
        Belief(check: check, confirmation: .packets, tolerances: tolerances)
    }

    private func take(
        _ belief: inout Belief, _ outcome: Outcome, at time: Double, roundTrip: Double = 0.01,
        blindness: Reason? = nil
    ) -> StateChange? {
        let took = outcome.isSilence ? Duration.seconds(1) : .microseconds(Int64(roundTrip * 1e6))
        return belief.apply(
            Reply(
                asked: Instant(microseconds: Int64(time * 1e6)), took: took, outcome: outcome,
                roundTrip: outcome.isSilence ? nil : took, isScheduled: !outcome.isSilence),
            chance: 0.5
        ) { blindness }.change
    }

    private let silence = Outcome.down(Reason("no-reply"))

    @Test func aSlowLineIsDegradedAndGoodAgainLater() throws {
        var belief = icmp(Tolerances(latency: .milliseconds(300)))
        var changes: [StateChange] = []
        for second in 0..<400 {
            let slow = (100..<200).contains(second)
            if let change = take(&belief, .up, at: Double(second), roundTrip: slow ? 0.4 : 0.02) {
                changes.append(change)
            }
        }
        #expect(changes.map(\.outcome.state) == [.up, .degraded, .up])
        let degraded = try #require(changes.dropFirst().first)
        #expect(
            degraded.outcome.reason?.code == "high-latency" && degraded.outcome.reason?.expected == "at most 300 ms")
        #expect((110...120).contains(degraded.since.seconds))
        // Both windows have to run out: later than it began.
        #expect((220...260).contains(changes.last?.since.seconds ?? 0))
    }

    @Test func anUnsteadyLineIsDegraded() {
        var belief = icmp(Tolerances(jitter: .milliseconds(50)))
        var changes: [StateChange] = []
        for second in 0..<200 {
            let slow = second > 50 && second.isMultiple(of: 2)
            if let change = take(&belief, .up, at: Double(second), roundTrip: slow ? 0.2 : 0.02) {
                changes.append(change)
            }
        }
        #expect(changes.map(\.outcome.reason?.code) == [nil, "high-jitter"])
    }

    @Test func aCutIsNotCountedAsLoss() {
        var check = VirtualCheck(VirtualLine(cuts: [100...400]), seed: 1)
        check.run(until: 600)
        #expect(check.changes.map(\.change.outcome.state) == [.up, .down, .up])
    }

    /// The clock is set back an hour: a cut a minute later is still found at once.
    @Test func aClockSetBackHidesNoCut() {
        var belief = icmp()
        for second in 7200..<7300 { _ = take(&belief, .up, at: Double(second)) }
        for second in 3600..<3660 { _ = take(&belief, .up, at: Double(second)) }
        var asked = 3660.0
        while belief.believed == .up, asked < 3700 {
            _ = take(&belief, silence, at: asked)
            asked += 0.15
        }
        #expect(belief.believed?.state == .down && asked < 3664)
    }

    @Test func whoIsBlindSaysUnknownAndDownOnceItSees() {
        var belief = icmp()
        let blind = Reason("nothing-answers")
        #expect(take(&belief, .up, at: 0)?.outcome == .up)
        var changes: [StateChange] = []
        for ask in 1..<40 {
            if let change = take(&belief, silence, at: Double(ask) * 0.3, blindness: blind) { changes.append(change) }
        }
        #expect(changes.map(\.outcome) == [.unknown(blind)])
        // While it is blind it does not ask again and again.
        let decision = belief.apply(
            Reply(asked: Instant(seconds: 30), took: .seconds(1), outcome: silence), chance: 0.5
        ) { blind }
        #expect(decision.pause == nil)
        for ask in 0..<20 {
            if let change = take(&belief, silence, at: 40 + Double(ask) * 0.3) { changes.append(change) }
        }
        #expect(changes.map(\.outcome) == [.unknown(blind), silence])
    }
}

@Suite struct VantageTests {
    private func at(_ second: Int64) -> Instant { Instant(seconds: second) }

    private func cut(_ targets: [String]) -> Vantage {
        var vantage = Vantage()
        for target in targets { vantage.heard(.init(of: target), asked: at(1)) }
        for target in targets { vantage.missed(.init(of: target), asked: at(2)) }
        return vantage
    }

    @Test func nothingAnswersAnyMore() {
        let vantage = cut(["10.0.0.1", "10.0.1.1:443", "https://10.0.2.1/a:b"])
        #expect(vantage.blindness(of: .init(of: "10.0.1.1:443"))?.code == "nothing-answers")
    }

    @Test func oneAnswerFromAnywhereIsEnoughToSee() {
        var vantage = cut(["10.0.0.1", "10.0.1.1", "10.0.2.1"])
        vantage.heard(.init(of: "10.0.3.1"), asked: at(3))
        #expect(vantage.blindness(of: .init(of: "10.0.0.1")) == nil)
    }

    @Test func ofThisMachineNothingFollows() {
        var vantage = cut(["10.0.0.1", "10.0.1.1", "10.0.2.1"])
        for own in ["127.0.0.1:22", "[::1]:80", "localhost", ""] { vantage.heard(.init(of: own), asked: at(3)) }
        #expect(vantage.blindness(of: .init(of: "10.0.0.1")) != nil)
        #expect(vantage.blindness(of: .init(of: "127.0.0.1:22")) == nil)
    }

    /// One site's line that is cut takes its three devices with it; that is down, even where nothing else is asked.
    @Test func oneNetworkOrTwoTargetsAreTooFewToSay() {
        #expect(cut(["10.0.0.1", "10.0.0.2", "10.0.0.3"]).blindness(of: .init(of: "10.0.0.1")) == nil)
        #expect(cut(["10.0.0.1", "10.0.1.1"]).blindness(of: .init(of: "10.0.0.1")) == nil)
    }

    @Test func whatNeverAnsweredProvesNothing() {
        var vantage = Vantage()
        for site in 0..<9 { vantage.missed(.init(of: "10.0.\(site).1"), asked: at(2)) }
        #expect(vantage.blindness(of: .init(of: "10.0.1.1")) == nil)
    }

    /// Targets that were down long before do not make the loss of two more a blindness.
    @Test func whatIsDownForLongDoesNotCount() {
        var vantage = Vantage()
        for site in 0..<9 { vantage.missed(.init(of: "10.0.\(site).1"), asked: at(2)) }
        for site in 10..<12 {
            vantage.heard(.init(of: "10.0.\(site).1"), asked: at(50))
            vantage.missed(.init(of: "10.0.\(site).1"), asked: at(60))
        }
        #expect(vantage.blindness(of: .init(of: "10.0.10.1")) == nil)
    }
}
