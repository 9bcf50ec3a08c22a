import Glibc
import ProbeKit
import ProbeSettings
import Testing
import Vocabulary

/// The very engine on virtual time, against lines that lose. `HAIDANG_LONG=1` makes it 24 and 2 hours of 120 sites, and
/// prints what came of it.
@Suite struct SimulationTests {
    private static let isLong = getenv("HAIDANG_LONG") != nil

    private func run(_ name: String, _ province: Province) async -> Province.Count {
        let count = await province.run()
        if Self.isLong { print("simulated \(name): \(count)") }
        #expect(count.missed == 0, "\(name): a real cut was not found")
        return count
    }

    /// Each cut was told, and nothing else.
    private func isTold(_ count: Province.Count, _ importance: Importance = .normal) -> Bool {
        count.told[importance].map { $0.unfounded == 0 && $0.cuts == count.delays.count } ?? false
    }

    private func seconds(_ long: Double) -> Double { Self.isLong ? long : min(long, 900) }

    @Test func twoPercentLossIsNeverDownNorDegradedAndCutsAreFoundInTime() async {
        let count = await run("2 % loss", Province(seconds: seconds(86_400), loss: 0.02, cutsEach: seconds(7200) / 2))
        #expect(count.falseDowns.isEmpty && count.degraded.isEmpty && isTold(count) && isTold(count, .core))
        // Now and then a line has just lost several in a row, and is given a moment more.
        #expect(count.delays.count >= 50 && count.delays.allSatisfy { $0 <= 5 })
        #expect(Double(count.delays.count { $0 > 3 }) <= 0.005 * Double(count.delays.count))
    }

    @Test func aCalmLineIsAskedOnceASecondAndItsCutIsBelievedWithinThreeSeconds() async {
        let count = await run("no loss", Province(seconds: seconds(7200), cutsEach: seconds(7200) / 2))
        #expect(count.falseDowns.isEmpty && count.degraded.isEmpty && isTold(count) && isTold(count, .core))
        #expect(count.delays.allSatisfy { $0 <= 3 } && count.delays.count >= 50)
        #expect(Double(count.asks) / count.siteSeconds < 1.05)
    }

    @Test func tenPercentLossIsNeverDown() async {
        let count = await run("10 % loss", Province(seconds: seconds(7200), loss: 0.1, cutsEach: seconds(3600) / 2))
        #expect(count.falseDowns.isEmpty && count.degraded.isEmpty && isTold(count) && isTold(count, .core))
        #expect(count.delays.allSatisfy { $0 <= 5 })
    }

    @Test func thirtyPercentLossIsDegradedAndNotDown() async {
        let count = await run("30 % loss", Province(seconds: seconds(7200), loss: 0.3, cutsEach: seconds(3600) / 2))
        #expect(count.falseDowns.isEmpty)
        #expect(count.delays.allSatisfy { $0 <= 10 })
        let lossy = await run("30 % loss, no cut", Province(sites: 120, seconds: 900, loss: 0.3))
        #expect(lossy.degraded.count == 120 && lossy.degraded.sorted()[60] < 150)
    }

    /// Whoever knows that a line breaks off says so, and it holds from the first break.
    @Test(arguments: [(0.5, 4.5), (2, 18)]) func aLineThatIsSaidToBreakOffIsNotDownByThat(length: Double, gap: Double)
        async
    {
        let count = await run(
            "breaks of \(length) s, told",
            Province(
                seconds: seconds(7200), breaks: (length, gap),
                tolerances: Tolerances(bursts: .microseconds(Int64(length * 1e6))), cutsEach: seconds(3600) / 2))
        #expect(count.falseDowns.isEmpty && isTold(count) && isTold(count, .core))
        #expect(count.delays.allSatisfy { $0 <= 48 })
    }

    /// Nobody knows it of a line that was calm until now. What lasts longer than the decision takes is down until it is
    /// learned; after that never again, and none of them lasts until a message.
    @Test(arguments: [(0.5, 4.5), (2, 18)]) func breaksAreLearnedWithinMinutes(length: Double, gap: Double) async {
        let count = await run(
            "breaks of \(length) s, to be learned",
            Province(seconds: seconds(7200), breaks: (length, gap), cutsEach: seconds(3600) / 2, lead: 300))
        #expect(Double(count.falseDowns.count) <= 120 * 1.2)
        #expect(count.falseDowns.allSatisfy { $0 < 600 })
        #expect(count.longestFalseDown < 30 && isTold(count))
    }

    /// The board may be late by the line's own delay, not more.
    @Test(arguments: [0.05, 0.3, 0.6]) func aLongWayTakesALittleLonger(roundTrip: Double) {
        for seed in 1...20 as ClosedRange<UInt64> {
            var line = VirtualLine(loss: 0.02, cuts: [100...200])
            line.roundTrip = roundTrip
            var check = VirtualCheck(line, seed: seed)
            check.run(until: 150)
            let down = check.changes.first { $0.change.outcome.state == .down }
            #expect(down.map { (101...(roundTrip > 0.1 ? 104.2 : 103)).contains($0.time) } == true)
        }
    }

    /// What comes and goes is a failure each time, not what the line is like; and so is the cut that follows.
    @Test func aLineThatComesAndGoesIsDownEachTime() {
        for seed in 1...50 as ClosedRange<UInt64> {
            let cuts = [100.5, 116.5, 132.5, 148.5, 300.5].map { $0...($0 + 8) }
            var check = VirtualCheck(VirtualLine(cuts: cuts), seed: seed)
            check.run(until: 400)
            let downs = check.changes.filter { $0.change.outcome.state == .down }
            #expect(downs.count == cuts.count, "seed \(seed)")
            #expect(zip(downs, cuts).allSatisfy { $0.time < $1.lowerBound + 3 }, "seed \(seed)")
        }
    }

    @Test func atcpCheckIsDecidedLikeAnEcho() {
        var check = VirtualCheck(
            VirtualLine(loss: 0.04, cuts: [100...200]), seed: 3, tolerances: nil, kind: "tcp")
        check.run(until: 300)
        #expect(check.changes.map(\.change.outcome.state) == [.up, .down, .up])
        #expect(check.changes[1].time < 103 && check.changes[2].time < 203)
    }

    /// A hundred bursts that begin together do not stay together, and none asks more than ten times a second.
    @Test func aBurstIsBoundedAndSpread() {
        let checks = (1...100 as ClosedRange<UInt64>).map { seed in
            var check = VirtualCheck(VirtualLine(cuts: [100...103]), seed: seed)
            check.run(until: 100)
            let before = check.asks
            check.run(until: 110)
            return check.asks - before
        }
        #expect(checks.allSatisfy { $0 <= 40 })
    }
}
