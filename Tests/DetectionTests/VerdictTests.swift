import Detection
import Testing
import Vocabulary

@Suite struct VerdictTests {
    let down = Outcome.down(Reason("timeout"))

    private func change(_ outcome: Outcome, confirmed: Int64, restated: Bool = false) -> StateChange {
        StateChange(
            check: CheckName(asset: "web-1", part: "http"), outcome: outcome, since: Instant(seconds: confirmed - 1),
            confirmed: Instant(seconds: confirmed), runs: 4, isRestated: restated)
    }

    @Test func theFirstWordIsBelieved() {
        #expect(Verdict(change(.up, confirmed: 5), believed: nil) == .believe)
    }

    @Test func theSameAgainIsKnown() {
        #expect(Verdict(change(down, confirmed: 9), believed: (down, Instant(seconds: 5))) == .known)
    }

    @Test func aNewerWordReplacesAnOlder() {
        #expect(Verdict(change(down, confirmed: 9), believed: (.up, Instant(seconds: 5))) == .believe)
    }

    @Test func aLateWordIsHistory() {
        #expect(Verdict(change(down, confirmed: 4), believed: (.up, Instant(seconds: 5))) == .history)
        #expect(Verdict(change(down, confirmed: 4, restated: true), believed: (.up, Instant(seconds: 5))) == .known)
    }
}
