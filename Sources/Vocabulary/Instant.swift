/// A point on the wall clock: microseconds since 1970-01-01T00:00:00Z.
///
/// Arithmetic saturates: instants arrive from other machines, and a wrong clock must not trap.
package struct Instant: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(seconds: Int64) {
        self.microseconds = seconds.multipliedSaturating(by: 1_000_000)
    }

    package var seconds: Int64 { microseconds / 1_000_000 }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    package static func + (left: Instant, right: Duration) -> Instant {
        Instant(microseconds: left.microseconds.addingSaturating(right.wholeMicroseconds))
    }

    package static func - (left: Instant, right: Duration) -> Instant {
        Instant(microseconds: left.microseconds.subtractingSaturating(right.wholeMicroseconds))
    }

    /// The span between two instants; negative when `left` is the earlier one.
    package static func - (left: Instant, right: Instant) -> Duration {
        .microseconds(left.microseconds.subtractingSaturating(right.microseconds))
    }
}

extension Duration {
    /// This span in microseconds, rounded towards zero and clamped to what an `Int64` holds.
    package var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedSaturating(by: 1_000_000).addingSaturating(attoseconds / 1_000_000_000_000)
    }

    /// This span in seconds, as readings carry it.
    package var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}

extension Int64 {
    func addingSaturating(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    func subtractingSaturating(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    func multipliedSaturating(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }
}
