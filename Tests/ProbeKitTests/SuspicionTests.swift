import ProbeKit
import TestSupport
import Testing
import Vocabulary

/// What is not silence: there a burst has to agree.
@Suite struct SuspicionTests {
    let check = CheckName(asset: "web-1", part: "http")
    let refused = Outcome.down(Reason("connection-refused"))

    private func reply(_ outcome: Outcome, at second: Int64) -> Reply {
        Reply(asked: Instant(seconds: second), took: .zero, outcome: outcome)
    }

    private func belief(confirmations: Int = 3) -> Belief {
        Belief(check: check, confirmation: Confirmation(confirmations: confirmations, spacing: .seconds(1)))
    }

    private func take(_ belief: inout Belief, _ outcome: Outcome, at second: Int64) -> Belief.Decision {
        belief.apply(reply(outcome, at: second), chance: 0.5)
    }

    @Test func firstGoodAnswerIsBelievedAtOnce() throws {
        var belief = belief()
        let change = try #require(take(&belief, .up, at: 1).change)
        #expect(change.outcome == .up && change.runs == 1)
    }

    @Test func oneOddAnswerIsNoChange() {
        var belief = belief()
        _ = take(&belief, .up, at: 1)
        #expect(take(&belief, refused, at: 2) == .init(pause: .seconds(1), change: nil))
        #expect(take(&belief, .up, at: 3) == .init(pause: nil, change: nil))
        #expect(belief.believed == .up)
    }

    @Test func aBurstThatAgreesIsAChangeSinceItsFirstRun() {
        var belief = belief()
        _ = take(&belief, .up, at: 1)
        for second in 2...4 as ClosedRange<Int64> {
            #expect(take(&belief, refused, at: second) == .init(pause: .seconds(1), change: nil))
        }
        let expected = StateChange(
            check: check, outcome: refused, since: Instant(seconds: 2), confirmed: Instant(seconds: 5), runs: 4)
        #expect(take(&belief, refused, at: 5) == .init(pause: nil, change: expected))
        #expect(take(&belief, refused, at: 6) == .init(pause: nil, change: nil))
    }

    @Test func aNewReasonIsNewsWithTheOldSince() {
        var belief = belief(confirmations: 0)
        _ = take(&belief, refused, at: 1)
        let slow = Outcome.down(Reason("timeout"))
        let expected = StateChange(
            check: check, outcome: slow, since: Instant(seconds: 1), confirmed: Instant(seconds: 9), runs: 1)
        #expect(take(&belief, slow, at: 9) == .init(pause: nil, change: expected))
    }

    @Test func restatingSaysWhatIsBelieved() throws {
        var belief = belief()
        #expect(belief.restated(at: Instant(seconds: 1)) == nil)
        _ = take(&belief, .up, at: 2)
        let change = try #require(belief.restated(at: Instant(seconds: 60)))
        #expect(change.isRestated && change.since == Instant(seconds: 2) && change.confirmed == Instant(seconds: 60))
    }

    /// A service that refuses now and is silent then is down all the same.
    @Test func refusalAndSilenceAgreeThatItIsDown() {
        var belief = belief(confirmations: 2)
        _ = take(&belief, .up, at: 1)
        _ = take(&belief, refused, at: 2)
        _ = take(&belief, .down(Reason("timeout")), at: 3)
        #expect(take(&belief, refused, at: 4).change?.outcome.state == .down)
    }

    /// A page that hangs is believed as soon the second time as the first: what led to a cut is no loss of the line.
    @Test func aCutDoesNotMakeTheNextOneSlow() {
        var belief = belief(confirmations: 2)
        var asks: [Int] = []
        var second: Int64 = 0
        for _ in 0..<4 {
            for _ in 0..<20 {
                _ = take(&belief, .up, at: second)
                second += 10
            }
            var count = 0
            while belief.believed?.state != .down, count < 20 {
                // The first is the schedule's, the others the burst's, each after five seconds without an answer.
                let reply = Reply(
                    asked: Instant(seconds: second), took: .seconds(5), outcome: .down(Reason("timeout")),
                    isScheduled: count == 0)
                _ = belief.apply(reply, chance: 0.5)
                second += 5
                count += 1
            }
            asks.append(count)
            second += 60
        }
        #expect(asks == [3, 3, 3, 3])
    }

    /// Whatever comes, two changes in a row differ in state or reason, and a change rests on a whole burst.
    @Test(arguments: 1...200 as ClosedRange<UInt64>) func changesAlternateAndRestOnABurst(seed: UInt64) {
        var random = Dice(seed: seed)
        var belief = belief(confirmations: 2)
        var last: Outcome?
        var streak = 0
        var previous: State?
        for turn in 0..<500 as Range<Int64> {
            let outcome: Outcome =
                random.next() % 4 == 0 ? refused : random.next() % 9 == 0 ? .degraded(Reason("slow")) : .up
            streak = outcome.state == previous ? streak + 1 : 1
            previous = outcome.state
            if let change = take(&belief, outcome, at: turn).change {
                #expect(change.outcome != last)
                #expect(last == nil && outcome == .up || streak >= 3)
                last = change.outcome
            }
        }
    }
}
