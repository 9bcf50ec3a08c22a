/// A time of day from one minute up to, not including, another; it belongs to the day on which it begins.
package struct DayWindow: Hashable, Comparable, Sendable, CustomStringConvertible {
    private static let day = 1440

    /// Minutes after midnight.
    package let start: Int
    /// Above 1440 where it goes on after midnight.
    package let end: Int

    /// Reads `07:00-11:30`; `22:00-06:00` ends on the next day, `00:00-24:00` is a whole one.
    package init(_ text: some StringProtocol) throws(CalendarError) {
        let sides = text.split(separator: "-", omittingEmptySubsequences: false)
        guard sides.count == 2, let start = Self.minute(sides[0]), let end = Self.minute(sides[1]), start < Self.day
        else { throw CalendarError("\"\(text)\" is no time of day such as 07:00-11:30") }
        guard start != end else {
            throw CalendarError("\"\(text)\" begins when it ends; a whole day is 00:00-24:00")
        }
        self.start = start
        self.end = end > start ? end : end + Self.day
    }

    private static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy(\.isDigits),
            (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2, let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour < 24 && minute < 60 || hour == 24 && minute == 0
        else { return nil }
        return hour * 60 + minute
    }

    package static func < (left: DayWindow, right: DayWindow) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }

    /// As it is read.
    package var description: String { "\(Self.text(start))-\(Self.text(end > Self.day ? end - Self.day : end))" }

    private static func text(_ minute: Int) -> String {
        "\(LocalTime.two(Int64(minute / 60))):\(LocalTime.two(Int64(minute % 60)))"
    }
}
