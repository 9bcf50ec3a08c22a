import Detection
import TestSupport
import Testing
import Vocabulary

/// Whatever the timetable: asking, walking and summing say the same.
@Suite struct CalendarProperties {
    private let month = LocalDay(number: 20_700).start..<LocalDay(number: 20_760).start

    /// Between two changes it stays as it is, at each it turns, and it turns nowhere else.
    @Test(arguments: 1...12 as ClosedRange<UInt64>) func walkingTheChangesIsAskingAllTheTime(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let table = try dice.timetable()
        var moment = month.lowerBound + .seconds(dice.below(86_400))
        var open = table.contains(moment)
        var next = table.nextChange(after: moment)
        while moment < month.upperBound {
            moment = moment + .seconds(127)
            while let change = next, change <= moment {
                #expect(table.contains(change) != open && table.contains(change - .microseconds(1)) == open)
                open.toggle()
                next = table.nextChange(after: change)
            }
            guard table.contains(moment) == open else {
                Issue.record("seed \(seed): \(LocalTime.text(moment)) is not as the walk says")
                return
            }
        }
    }

    /// Spans are apart and in order, what they say is what asking says, and two parts of a time add up to the whole.
    @Test(arguments: 1...12 as ClosedRange<UInt64>) func sumsAreAdditive(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let hours = Hours(name: "any", times: try dice.timetable())
        let spans = hours.times.spans(in: month)
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        for _ in 0..<200 {
            let moment = month.lowerBound + .microseconds(Int64(dice.below(5_184_000)) * 1_000_000 + 1)
            #expect(spans.contains { $0.contains(moment) } == hours.contains(moment))
        }
        let cut = month.lowerBound + .seconds(dice.below(5_184_000))
        let (before, after) = (month.lowerBound..<cut, cut..<month.upperBound)
        #expect(hours.overlap(with: before) + hours.overlap(with: after) == hours.overlap(with: month))
        let gaps = spans.gaps(within: month)
        #expect(spans.length + gaps.length == month.upperBound - month.lowerBound)
        #expect(gaps.allSatisfy { !hours.contains($0.lowerBound) })
    }

    /// A maintenance, too: what it says of moments, its changes and its spans agree, with bounds and without.
    @Test(arguments: 1...12 as ClosedRange<UInt64>) func maintenancesAgreeWithThemselves(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let first = month.lowerBound + .seconds(dice.below(2_000_000))
        let last = first + .seconds(1 + dice.below(3_000_000))
        let rules = [try dice.rule(), try dice.rule()]
        let times = dice.pick([
            Maintenance.Times.once(first..<last), .recurring(rules, from: first, until: last),
            .recurring(rules, from: nil, until: last), .recurring(rules, from: first, until: nil),
            .recurring(rules, from: nil, until: nil),
        ])
        let maintenance = Maintenance(name: "work", times: times, targets: [.assetClass("codec")])
        let spans = maintenance.spans(in: month)
        var moment = month.lowerBound
        var walked: [Range<Instant>] = []
        while moment < month.upperBound {
            let next = min(maintenance.nextChange(after: moment) ?? month.upperBound, month.upperBound)
            if maintenance.isActive(at: moment) { walked.append(moment..<next) }
            moment = next
        }
        #expect(walked == spans)
        // Ended at any moment, it is over then and was the same before.
        let end = month.lowerBound + .seconds(dice.below(5_000_000))
        let ended = maintenance.ended(at: end)
        #expect(ended?.isActive(at: end) != true && ended?.nextChange(after: end) == nil)
        let before = month.lowerBound..<max(month.lowerBound, end)
        #expect((ended?.spans(in: month) ?? []) == maintenance.spans(in: before))
    }
}

extension Dice {
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

    mutating func window() -> String {
        let clock = { (minute: Int) in
            "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
        }
        let start = below(1440)
        return "\(clock(start))-\(clock((start + 1 + below(1438)) % 1440))"
    }

    mutating func rule() throws -> DayRule {
        let days = ["mon-fri", "sat", "daily", "sun-tue", "first mon", "last fri", "day 31", "last day", "wed,sat"]
        return try DayRule("\(pick(days)) \(window()), \(window())")
    }

    mutating func timetable() throws -> Timetable {
        var table = Timetable(rules: [])
        for _ in 0...below(3) { table.rules.append(try rule()) }
        for _ in 0..<below(4) {
            table.exceptions.merge(
                try Hours.exception("\(LocalDay(number: 20_700 + Int64(below(60)))) \(pick(["closed", window()]))")
            ) { $1 }
        }
        return table
    }
}
