import Glibc
import ProbeKit
import ProbeSettings
import TestSupport
import Testing
import Vocabulary

@Suite struct SilenceTests {
    /// How long a silence has to last to be believed.
    private func decided(_ test: SilenceTest) -> Double {
        var length = 0.4
        while !test.isGone(after: .microseconds(Int64(length * 1e6)), lost: 1000, loss: 0.05) { length += 0.05 }
        return length
    }

    private func watched(_ breaks: Int, of seconds: Double, each gap: Double) -> SilenceTest {
        var test = SilenceTest()
        for number in 0..<breaks {
            test.age(to: Instant(microseconds: Int64(Double(number) * gap * 1e6)))
            test.saw(silence: .microseconds(Int64(seconds * 1e6)))
        }
        return test
    }

    @Test func aCalmLineIsDecidedWithinTwoSeconds() {
        #expect(decided(SilenceTest()) < 1.75)
    }

    @Test func everyBreakSeenMakesItMorePatientAndNeverForEver() {
        var test = SilenceTest()
        var last = decided(test)
        for second in 1...30 {
            test.age(to: Instant(seconds: Int64(second) * 20))
            test.saw(silence: .seconds(2))
            let now = decided(test)
            #expect(now >= last - 0.06 || second > 10)
            last = now
        }
        #expect((15.0...45.1).contains(last))
        #expect(test.isGone(after: .seconds(45), lost: 1, loss: 0.9))
    }

    @Test func whatWasLearnedIsForgotten() {
        var test = watched(5, of: 2, each: 20)
        #expect(decided(test) > 10)
        test.age(to: Instant(seconds: 3 * 3600))
        #expect(decided(test) < 2)
    }

    @Test func aCutIsNoBreakAndTeachesLittle() {
        var test = SilenceTest()
        test.saw(silence: .seconds(120), wasBelieved: true)
        test.saw(silence: .milliseconds(6100), wasBelieved: true)
        #expect(decided(test) < 1.75)
        test.age(to: Instant(seconds: 0))
        test.saw(silence: .seconds(3), wasBelieved: true)
        #expect(decided(test) < 15)
        test.age(to: Instant(seconds: 1800))
        #expect(decided(test) < 2.7)
    }

    @Test func whatAPersonSaidHoldsFromTheFirstBreak() {
        #expect(decided(SilenceTest(usual: .seconds(2))) > 25)
        #expect((5.0...15).contains(decided(SilenceTest(usual: .milliseconds(500)))))
    }

    /// The bound itself: of breaks with an exponential length, as rarely as stated outlast the time of decision.
    @Test(arguments: [0.2, 0.5, 1, 2]) func theRateOfFalseAlarmsIsTheStatedOne(mean: Double) {
        var random = Dice(seed: 7)
        var test = SilenceTest()
        for number in 0..<400 {
            test.age(to: Instant(seconds: Int64(number) * 20))
            test.saw(silence: .microseconds(Int64((0.3 + random.exponential(mean)) * 1e6)))
        }
        // One break in 20 seconds, and e^(-t/mean) that it lasts t beyond the threshold.
        let expected = mean * -log(SilenceTest.falseAlarms * 20)
        #expect((0.75 * expected...1.35 * expected).contains(decided(test) - 0.3))
    }

    @Test func chanceLossesNeedAsManyInARowAsTheirShareDemands() {
        let test = SilenceTest()
        func needed(_ loss: Double) -> Int {
            (1...200).first { test.isGone(after: .seconds(30), lost: $0, loss: loss) } ?? 0
        }
        // ln(1 / ten years in seconds) / ln(loss), rounded up.
        #expect([0.02, 0.05, 0.1, 0.3, 0.5].map(needed) == [6, 7, 9, 17, 29])
    }
}
