import ProbeKit
import Testing
import Vocabulary

@Suite struct SuspicionTests {
    let check = CheckName(asset: "web-1", part: "http")
    let refused = Outcome.down(Reason("connection-refused"))

    private func at(_ second: Int64) -> Instant { Instant(seconds: second) }

    @Test func firstGoodAnswerIsBelievedAtOnce() {
        var suspicion = Suspicion(check: check)
        guard case .changed(let change) = suspicion.apply(.up, at: at(1)) else {
            Issue.record("expected a change")
            return
        }
        #expect(change.outcome == .up && change.runs == 1)
    }

    @Test func oneLostAnswerIsNoChange() {
        var suspicion = Suspicion(check: check)
        _ = suspicion.apply(.up, at: at(1))
        #expect(suspicion.apply(refused, at: at(2)) == .askAgain(after: .milliseconds(150)))
        #expect(suspicion.apply(.up, at: at(3)) == .wait)
        #expect(suspicion.believed == .up)
    }

    @Test func aBurstThatAgreesIsAChangeSinceItsFirstRun() {
        var suspicion = Suspicion(check: check, settings: .init(confirmations: 3, spacing: .seconds(1)))
        _ = suspicion.apply(.up, at: at(1))
        for second in 2...4 {
            #expect(suspicion.apply(refused, at: at(Int64(second))) == .askAgain(after: .seconds(1)))
        }
        let expected = StateChange(check: check, outcome: refused, since: at(2), confirmed: at(5), runs: 4)
        #expect(suspicion.apply(refused, at: at(5)) == .changed(expected))
        #expect(suspicion.apply(refused, at: at(6)) == .wait)
    }

    @Test func aNewReasonIsNewsWithTheOldSince() {
        var suspicion = Suspicion(check: check, settings: .init(confirmations: 0, spacing: .zero))
        _ = suspicion.apply(refused, at: at(1))
        let slow = Outcome.down(Reason("timeout"))
        let expected = StateChange(check: check, outcome: slow, since: at(1), confirmed: at(9), runs: 1)
        #expect(suspicion.apply(slow, at: at(9)) == .changed(expected))
    }

    @Test func restatingSaysWhatIsBelieved() throws {
        var suspicion = Suspicion(check: check)
        #expect(suspicion.restated(at: at(1)) == nil)
        _ = suspicion.apply(.up, at: at(2))
        let change = try #require(suspicion.restated(at: at(60)))
        #expect(change.isRestated && change.since == at(2) && change.confirmed == at(60))
    }

    /// Whatever comes, two changes in a row differ in state or reason, and a change rests on a whole burst.
    @Test(arguments: 1...200 as ClosedRange<UInt64>) func changesAlternateAndRestOnABurst(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var suspicion = Suspicion(check: check, settings: .init(confirmations: 2, spacing: .zero))
        var last: Outcome?
        var streak = 0
        var previous: State?
        for second in 0..<500 {
            let outcome: Outcome =
                random.next() % 4 == 0 ? refused : random.next() % 9 == 0 ? .degraded(Reason("slow")) : .up
            streak = outcome.state == previous ? streak + 1 : 1
            previous = outcome.state
            if case .changed(let change) = suspicion.apply(outcome, at: at(Int64(second))) {
                #expect(change.outcome != last)
                #expect(last == nil && outcome == .up || streak >= 3)
                last = change.outcome
            }
        }
    }
}

/// A small seeded generator (SplitMix64), so that a failing seed replays.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
