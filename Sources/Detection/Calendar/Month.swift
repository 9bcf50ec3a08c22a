package import Vocabulary

/// A month of Việt Nam's calendar.
package struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let year: Int64
    package let month: Int64

    /// Reads `2026-11`.
    package init?(_ text: some StringProtocol) {
        guard let day = LocalDay("\(text)-01") else { return nil }
        self.init(of: day.start)
    }

    /// The month in which an instant falls.
    package init(of instant: Instant) {
        let (year, month, _) = LocalDay(of: instant).civil
        (self.year, self.month) = (year, month)
    }

    package var next: Month { Month(of: end) }
    package var previous: Month { Month(of: start - .seconds(1)) }

    /// From its first moment up to, not including, the first one of the next month.
    package var period: Range<Instant> { start..<end }

    /// What of it is over; nil when it has not begun.
    package func period(until now: Instant) -> Range<Instant>? {
        start < now ? start..<min(end, now) : nil
    }

    private var start: Instant { LocalDay(year: year, month: month, day: 1)?.start ?? Instant(seconds: 0) }

    private var end: Instant {
        let last = LocalDay(of: start) + 31
        // The day 31 days after the first one is always in the next month, at most three days into it.
        return (last + (1 - last.civil.day)).start
    }

    package static func < (left: Month, right: Month) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }

    /// `2026-11`.
    package var description: String { "\(year)-\(LocalTime.two(month))" }
}
