import Glibc

/// A reading of the clock that never goes back and goes on while the machine sleeps (CLOCK_BOOTTIME), in nanoseconds.
///
/// The same clock as `ContinuousClock`, as one machine word: what a packet costs is counted in tens of nanoseconds.
package struct Moment: Comparable, Hashable, Sendable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static var now: Moment { Moment(nanoseconds: reading(of: CLOCK_BOOTTIME)) }

    /// The same moment; one farther than a century is that far.
    package init(_ instant: ContinuousClock.Instant) {
        let left = ContinuousClock.now.duration(to: instant)
        let farthest = Duration.seconds(100 * 366 * 86_400)
        self = .now + max(.zero - farthest, min(left, farthest)).wholeNanoseconds
    }

    package static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Later by so many nanoseconds.
    package static func + (moment: Moment, nanoseconds: Int64) -> Moment {
        Moment(nanoseconds: moment.nanoseconds &+ nanoseconds)
    }

    /// Nanoseconds from one to the other.
    package static func - (later: Moment, earlier: Moment) -> Int64 { later.nanoseconds &- earlier.nanoseconds }

    /// What has to be added to a reading of the wall clock to have the moment of it.
    static var fromWallClock: Int64 { reading(of: CLOCK_BOOTTIME) - reading(of: CLOCK_REALTIME) }

    private static func reading(of clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension Duration {
    /// Rounded down; a duration beyond 292 years is that long.
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, isTooLong) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return isTooLong ? (seconds < 0 ? .min : .max) : sum
    }
}
