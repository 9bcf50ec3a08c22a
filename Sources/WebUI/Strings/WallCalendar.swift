package import Vocabulary

/// Dates and times of day in one fixed UTC offset, in the order the language writes them.
package struct WallCalendar: Sendable {
    package let language: Language
    package let offsetMinutes: Int

    package init(language: Language, offsetMinutes: Int) {
        self.language = language
        self.offsetMinutes = offsetMinutes
    }

    private struct Fields {
        var year, month, day, hour, minute, second: Int64
    }

    /// `05/04/2023 13:07:08` or `2023-04-05 13:07:08`.
    package func dateAndTime(_ instant: Instant) -> String {
        "\(date(instant)) \(time(instant))"
    }

    func date(_ instant: Instant) -> String {
        let at = fields(instant)
        return switch language {
        case .vietnamese: "\(two(at.day))/\(two(at.month))/\(at.year)"
        case .english: "\(at.year)-\(two(at.month))-\(two(at.day))"
        }
    }

    /// A day of the book.
    func date(_ day: BookDay) -> String {
        switch language {
        case .vietnamese: "\(two(day.day))/\(two(day.month))/\(day.year)"
        case .english: "\(day.year)-\(two(day.month))-\(two(day.day))"
        }
    }

    /// How many days from the day that `now` is here to that one; negative when it is over.
    func days(until day: BookDay, from now: Instant) -> Int {
        let today = floored((now + .seconds(offsetMinutes * 60)).microseconds, by: 86_400_000_000)
        return Int(day.sinceEpoch - today)
    }

    /// Day and month alone: the labels of a chart's days.
    func dayAndMonth(_ instant: Instant) -> String {
        let at = fields(instant)
        return switch language {
        case .vietnamese: "\(two(at.day))/\(two(at.month))"
        case .english: "\(two(at.month))-\(two(at.day))"
        }
    }

    func time(_ instant: Instant) -> String {
        let at = fields(instant)
        return "\(two(at.hour)):\(two(at.minute)):\(two(at.second))"
    }

    func hourAndMinute(_ instant: Instant) -> String {
        String(time(instant).prefix(5))
    }

    /// `UTC+07:00`.
    var zone: String {
        let minutes = Int64(offsetMinutes.magnitude)
        return "UTC\(offsetMinutes < 0 ? "−" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }

    private func fields(_ instant: Instant) -> Fields {
        let shifted = instant + .seconds(offsetMinutes * 60)
        let second = floored(shifted.microseconds, by: 1_000_000)
        let day = floored(second, by: 86_400)
        let date = Instant.civil(fromDays: day)
        let rest = second - day * 86_400
        return Fields(
            year: date.year, month: date.month, day: date.day, hour: rest / 3600, minute: rest / 60 % 60,
            second: rest % 60)
    }

    private func floored(_ number: Int64, by divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }

    private func two(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
