import Detection
import TestSupport
import Testing
import Vocabulary

@Suite struct AvailabilityTests {
    private let period = Instant(seconds: 0)..<Instant(seconds: 1000)
    private let gone = Outcome.down(Reason("no-reply"))

    private func at(_ second: Int64) -> Instant { Instant(seconds: second) }

    private func line(
        _ record: [(Outcome, Int64, Int64)], watched: Range<Int64> = 0..<1000
    ) -> Timeline {
        Timeline(
            record.map { Record.Span($0.0, from: at($0.1), to: at($0.2)) },
            watched: at(watched.lowerBound)..<at(watched.upperBound), period: period)
    }

    private func spans(_ timeline: Timeline) -> [(Timeline.Kind, Int64)] {
        timeline.spans.map { ($0.kind, $0.to.seconds) }
    }

    private func same(_ timeline: Timeline, _ expected: [(Timeline.Kind, Int64)]) -> Bool {
        spans(timeline).elementsEqual(expected) { $0 == $1 }
    }

    @Test func whatNobodyRecordedIsUnknownAndWhatNobodyWantedIsUnwatched() {
        let check = line([(.up, 200, 400), (gone, 400, 2000)], watched: 100..<900)
        #expect(same(check, [(.unwatched, 100), (.unknown, 200), (.up, 400), (.down, 900), (.unwatched, 1000)]))
        #expect(same(line([]), [(.unknown, 1000)]))
    }

    @Test func anAssetIsWhatItsLeadingCheckSays() {
        let host = line([(.up, 0, 500), (gone, 500, 600), (.up, 600, 1000)])
        let other = line([(.up, 0, 300), (gone, 300, 400), (.unknown(.unstated), 400, 1000)])
        #expect(
            same(
                Timeline.asset(leading: host, others: [other], period: period),
                [(.up, 300), (.degraded, 400), (.up, 500), (.down, 600), (.up, 1000)]))
        #expect(
            same(
                Timeline.asset(leading: nil, others: [host, other], period: period),
                [(.up, 300), (.down, 400), (.unknown, 500), (.down, 600), (.unknown, 1000)]))
    }

    @Test func exemptTimeCountsNeitherWay() throws {
        let asset = line([(.up, 0, 400), (gone, 400, 600), (.up, 600, 1000)], watched: 100..<1000)
        let exempt = asset.exempting([at(50)..<at(150), at(450)..<at(500)], as: .maintenance)
            .exempting([at(480)..<at(550)], as: .outsideHours)
        #expect(
            same(
                exempt,
                [
                    (.unwatched, 100), (.maintenance, 150), (.up, 400), (.down, 450), (.maintenance, 480),
                    (.outsideHours, 550), (.down, 600), (.up, 1000),
                ]))
        let times = Availability(exempt)
        #expect(times[.down] == .seconds(100) && times[.up] == .seconds(650) && times.total == .seconds(1000))
        #expect(times.ratio == 650.0 / 750)
        #expect(Availability(Timeline(unwatched: period)).ratio == nil)
    }

    @Test func aSiteIsTheGravestOfThoseThatCount() {
        let codec = line([(.up, 0, 1000)]).exempting([at(500)..<at(1000)], as: .outsideHours)
        let router = line([(.up, 0, 600), (gone, 600, 700), (.up, 700, 1000)])
            .exempting([at(800)..<at(1000)], as: .maintenance)
        #expect(
            same(
                Timeline.gravest([codec, router], period: period),
                [(.up, 600), (.down, 700), (.up, 800), (.maintenance, 1000)]))
    }

    @Test func lateDataIsCountedAndSaid() {
        let record = [
            Record.Span(.up, from: at(0), to: at(300)), .init(gone, from: at(300), to: at(400), isRevised: true),
            .init(.up, from: at(400), to: at(1000)),
        ]
        let check = Timeline(record, watched: period, period: period)
        let times = Availability(Timeline.gravest([check, line([(.up, 0, 1000)])], period: period))
        #expect(times.revised == .seconds(100) && times[.down] == .seconds(100))
        let excused = check.exempting([at(350)..<at(500)], as: .maintenance)
        #expect(Availability(excused).revised == .seconds(50), "exempt time was revised by nobody")
    }

    @Test(arguments: [
        ("2026-11", "2026-10-31T17:00:00.000Z", "2026-11-30T17:00:00.000Z", "2026-10", "2026-12"),
        ("2028-02", "2028-01-31T17:00:00.000Z", "2028-02-29T17:00:00.000Z", "2028-01", "2028-03"),
        ("2026-12", "2026-11-30T17:00:00.000Z", "2026-12-31T17:00:00.000Z", "2026-11", "2027-01"),
    ])
    func monthsBeginAtMidnightInVietnam(
        _ text: String, from: String, to: String, previous: String, next: String
    ) throws {
        let month = try #require(Month(text))
        #expect("\(month.period.lowerBound)" == from && "\(month.period.upperBound)" == to && "\(month)" == text)
        #expect("\(month.previous)" == previous && "\(month.next)" == next)
        #expect(month.period(until: month.period.lowerBound) == nil)
        #expect(
            month.period(until: month.period.lowerBound + .seconds(5)).map { $0.upperBound - $0.lowerBound }
                == .seconds(5))
        #expect(Month("2026-13") == nil && Month("2026") == nil && Month("x") == nil)
    }

    /// Whatever was recorded, watched and exempt: the times add up to the month exactly, and so do those of a site, and
    /// sums of several are as many months.
    @Test(arguments: 1...100 as ClosedRange<UInt64>) func timesAddUpToTheMonth(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let month = try #require(Month("2026-11")).period
        let length = month.upperBound - month.lowerBound
        let moment = { (dice: inout Dice) in
            month.lowerBound + .microseconds(Int64(dice.below(2_800_000)) * 1_000_003 - 90_000_000_000)
        }
        var assets: [Timeline] = []
        for _ in 0...dice.below(4) {
            var checks: [Timeline] = []
            for _ in 0..<dice.below(4) {
                let cuts = (0..<dice.below(12)).map { _ in moment(&dice) }.sorted()
                let record = zip(cuts, cuts.dropFirst()).filter { $0 < $1 }.map { from, to in
                    Record.Span(
                        dice.pick([.up, gone, .degraded(.unstated), .unknown(.unstated)]), from: from, to: to,
                        isRevised: dice.below(3) == 0)
                }
                let ends = [moment(&dice), moment(&dice)].sorted()
                checks.append(Timeline(record, watched: ends[0]..<ends[1], period: month))
            }
            let leading = dice.below(2) == 0 ? checks.popLast() : nil
            let work = (0..<dice.below(4)).map { _ in
                let start = moment(&dice)
                return start..<start + .seconds(1 + dice.below(300_000))
            }
            let hours = Hours(name: "any", times: try dice.timetable())
            assets.append(
                Timeline.asset(leading: leading, others: checks, period: month)
                    .exempting(work.united(within: month), as: .maintenance)
                    .exempting(hours.times.spans(in: month), as: .outsideHours))
        }
        for line in assets + [Timeline.gravest(assets, period: month)] {
            #expect(Availability(line).total == length)
            #expect(line.spans.first?.from == month.lowerBound && line.spans.last?.to == month.upperBound)
            #expect(zip(line.spans, line.spans.dropFirst()).allSatisfy { $0.to == $1.from })
            #expect(line.spans.allSatisfy { $0.from < $0.to })
        }
        let sum = assets.reduce(Availability()) { $0 + Availability($1) }
        #expect(sum.total == length * assets.count && sum.revised <= sum.total)
    }
}

@Suite struct SilenceHolesTests {
    private func at(_ second: Int64) -> Instant { Instant(seconds: second) }

    private func holes(
        _ silence: Range<Int64>, runs: [Int64], interval: Duration = .seconds(1), first: Int64 = 0
    ) -> [Range<Int64>] {
        let buckets = runs.enumerated().map { place, runs in
            let begin = first + Int64(place) * 300
            return SilenceHoles.Bucket(time: at(begin)..<at(begin + 300), runs: runs)
        }
        return SilenceHoles.find(in: at(silence.lowerBound)..<at(silence.upperBound), buckets, interval: interval)
            .map { $0.lowerBound.seconds..<$0.upperBound.seconds }
    }

    @Test func whereEveryRunArrivedThereIsNone() {
        #expect(holes(100..<1000, runs: [300, 299, 301, 290]).isEmpty)
        #expect(holes(100..<1000, runs: [30, 30, 30, 30], interval: .seconds(10)).isEmpty)
    }

    @Test func itBeginsWhereTheRunsEndAndEndsWhereTheyBeginAgain() {
        #expect(holes(100..<1100, runs: [250, 0, 0, 200]) == [250..<1000])
        // Within one stretch of five minutes: what was delivered around the silence was measured then.
        #expect(holes(60..<180, runs: [180]) == [60..<180])
        #expect(holes(60..<180, runs: [240]) == [120..<180])
    }

    @Test func aRunOfAnHourlyCheckSpeaksForItsHour() {
        #expect(holes(0..<3600, runs: [1] + Array(repeating: 0, count: 11), interval: .seconds(3600)).isEmpty)
        #expect(holes(0..<20_000, runs: Array(repeating: 0, count: 67), interval: .seconds(3600)) == [0..<20_000])
    }
}
