extension Instant: CustomStringConvertible {
    /// ISO 8601 in UTC with milliseconds, e.g. `2023-04-05T06:07:08.009Z`; proleptic Gregorian calendar.
    package var description: String {
        let milliseconds = microseconds.floorDivided(by: 1000)
        let second = milliseconds.floorDivided(by: 1000)
        let day = second.floorDivided(by: 86_400)
        let (year, month, dayOfMonth) = Self.civil(fromDays: day)
        let time = second - day * 86_400
        return "\(year)-\(padded(month))-\(padded(dayOfMonth))"
            + "T\(padded(time / 3600)):\(padded(time / 60 % 60)):\(padded(time % 60))"
            + ".\(padded(milliseconds - second * 1000, to: 3))Z"
    }

    /// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant, "chrono-compatible date algorithms").
    package static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Days since 1970-01-01 for years 0 to 9999 (Howard Hinnant, "chrono-compatible date algorithms").
    package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        // Counted in years that begin in March, moved on by one era so that nothing is negative.
        let year = (month <= 2 ? year - 1 : year) + 400
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era - 1) * 146_097 + dayOfEra - 719_468
    }
}

private func padded(_ number: Int64, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
    func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
