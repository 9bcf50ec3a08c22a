package import Vocabulary

/// A day of Việt Nam's calendar: UTC+07:00 all year round (Asia/Ho_Chi_Minh knows no summer time).
package struct LocalDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// How far the wall clock is ahead of UTC.
    package static let offset = Duration.seconds(7 * 3600)

    /// Days since 1970-01-01.
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// The day on which an instant falls.
    package init(of instant: Instant) {
        let (day, local) = (86_400_000_000 as Int64, (instant + Self.offset).microseconds)
        number = local / day - (local % day < 0 ? 1 : 0)
    }

    /// nil when there is no such day from year 1970 to 2200.
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (1970...2200).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Howard Hinnant, "chrono-compatible date algorithms"; the inverse of `Instant.civil`.
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
        // 31 April would be 1 May.
        guard civil == (year, month, day) else { return nil }
    }

    /// Reads `2026-11-28`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy(\.isDigits), let year = Int64(parts[0]),
            let month = Int64(parts[1]), let day = Int64(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var civil: (year: Int64, month: Int64, day: Int64) { Instant.civil(fromDays: number) }

    /// Its first moment.
    package var start: Instant { Instant(seconds: number * 86_400) - Self.offset }

    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday.allCases[Int(((number + 3) % 7 + 7) % 7)]
    }

    /// Whether it is the last one of its month.
    package var isLastOfMonth: Bool { (self + 1).civil.day == 1 }

    package static func + (day: LocalDay, days: Int64) -> LocalDay { LocalDay(number: day.number + days) }

    package static func < (left: LocalDay, right: LocalDay) -> Bool { left.number < right.number }

    /// `2026-11-28`.
    package var description: String {
        let (year, month, day) = civil
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

extension StringProtocol {
    /// Whether it is nothing but ASCII digits.
    var isDigits: Bool { utf8.allSatisfy { (48...57).contains($0) } }
}
