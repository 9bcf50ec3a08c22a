import ProbeKit
import TestSupport
import Testing

/// Losses that are more than a line may have.
@Suite struct LossTests {
    /// Answers until it is on, of a line that loses that share; nil: it is not within so many.
    private func answers(_ tolerated: Double, losing share: Double, seed: UInt64, most: Int) -> Int? {
        var random = Dice(seed: seed)
        var test = LossTest(tolerated: tolerated)
        return (1...most).first { _ in
            test.take(isLost: random.unit() < share)
            return test.isOn
        }
    }

    @Test(arguments: [0.01, 0.02, 0.1, 0.3]) func whatIsToleratedIsNeverTooMuch(share: Double) {
        #expect(answers(share, losing: share, seed: 11, most: 2_000_000) == nil)
    }

    /// ln(ten years of seconds) by what an answer says on average, and no long tail.
    @Test(arguments: [(0.1, 0.3, 127), (0.02, 0.1, 243), (0.02, 0.3, 50)])
    func whatIsTooMuchIsKnownAsSoonAsItCanBe(tolerated: Double, share: Double, mean: Int) {
        let found = (1...400 as ClosedRange<UInt64>).compactMap {
            answers(tolerated, losing: share, seed: $0, most: 2000)
        }.sorted()
        #expect(found.count == 400)
        #expect((Double(mean) * 0.75...Double(mean) * 1.15).contains(Double(found[200])))
        #expect(found[395] < 3 * mean)
    }

    @Test func itEndsWhenTwoMinutesWereAsTheyMayBe() {
        var test = LossTest(tolerated: 0.02)
        for _ in 0..<13 { test.take(isLost: true) }
        #expect(test.isOn && test.count == 13)
        for _ in 0..<112 { test.take(isLost: false) }
        #expect(test.isOn)
        for _ in 0..<3 { test.take(isLost: false) }
        #expect(!test.isOn)
        // It begins anew.
        for _ in 0..<6 { test.take(isLost: true) }
        #expect(!test.isOn)
    }

    @Test func ofNothingToleratedTheFirstIsTooMuch() {
        #expect(answers(0, losing: 1, seed: 1, most: 1) == 1)
        #expect(answers(0, losing: 0, seed: 1, most: 1000) == nil)
    }
}
