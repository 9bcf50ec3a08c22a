/// Which days are meant: days of the week, or one day of each month.
package enum DayPattern: Hashable, Sendable, CustomStringConvertible {
    case weekdays(Set<Weekday>)
    /// The first, second, third or fourth of its weekday in the month.
    case ordinal(Int, Weekday)
    case lastWeekday(Weekday)
    /// A month without this day has none.
    case day(Int)
    case lastDay

    private static let ordinals = ["first", "second", "third", "fourth"]

    /// Reads `mon-fri`, `mon,wed,sat-sun`, `daily`, `first sun`, `last sun`, `day 15`, `last day`.
    package init(_ text: some StringProtocol) throws(CalendarError) {
        let words = text.split(separator: " ")
        let refusal = CalendarError(
            "\"\(text)\" is no day such as mon-fri, sat, daily, first sun, last sun, day 15, last day")
        guard words.count == 2 else {
            guard words.count == 1, let word = words.first, let days = Self.weekdays(word) else { throw refusal }
            self = .weekdays(days)
            return
        }
        if words[0] == "day", let day = Int(words[1]), (1...31).contains(day) {
            self = .day(day)
        } else if words[0] == "last", words[1] == "day" {
            self = .lastDay
        } else if words[0] == "last", let weekday = Weekday(rawValue: String(words[1])) {
            self = .lastWeekday(weekday)
        } else if let place = Self.ordinals.firstIndex(of: String(words[0])),
            let weekday = Weekday(rawValue: String(words[1]))
        {
            self = .ordinal(place + 1, weekday)
        } else {
            throw refusal
        }
    }

    private static func weekdays(_ text: some StringProtocol) -> Set<Weekday>? {
        guard text != "daily" else { return Set(Weekday.allCases) }
        var days: Set<Weekday> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "-", omittingEmptySubsequences: false)
                .compactMap { Weekday(rawValue: String($0)) }
            guard sides.count == part.split(separator: "-", omittingEmptySubsequences: false).count, sides.count <= 2
            else { return nil }
            // sat-mon goes round the end of the week.
            let length = (sides[sides.count - 1].place - sides[0].place + 7) % 7
            for step in 0...length { days.insert(Weekday.allCases[(sides[0].place + step) % 7]) }
        }
        return days
    }

    package func contains(_ day: LocalDay) -> Bool {
        switch self {
        case .weekdays(let days): days.contains(day.weekday)
        case .ordinal(let place, let weekday):
            day.weekday == weekday && (Int(day.civil.day) - 1) / 7 + 1 == place
        case .lastWeekday(let weekday): day.weekday == weekday && (day + 7).civil.month != day.civil.month
        case .day(let number): day.civil.day == Int64(number)
        case .lastDay: day.isLastOfMonth
        }
    }

    /// As it is read.
    package var description: String {
        switch self {
        case .weekdays(let days): Self.text(days)
        case .ordinal(let place, let weekday): "\(Self.ordinals[place - 1]) \(weekday.rawValue)"
        case .lastWeekday(let weekday): "last \(weekday.rawValue)"
        case .day(let number): "day \(number)"
        case .lastDay: "last day"
        }
    }

    private static func text(_ days: Set<Weekday>) -> String {
        guard days.count < 7 else { return "daily" }
        var runs: [[Weekday]] = []
        for day in days.sorted() {
            if let last = runs.last?.last, last.place == day.place - 1 {
                runs[runs.count - 1].append(day)
            } else {
                runs.append([day])
            }
        }
        return runs.map { run in
            run.count == 1 ? run[0].rawValue : "\(run[0].rawValue)-\(run[run.count - 1].rawValue)"
        }.joined(separator: ",")
    }
}
