/// What `epoll_wait` and `poll` are told of a deadline.
package enum EpollTimeout {
    /// Rounded up, so that the deadline has come when they return; -1 without one, and never more than an hour.
    package static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { return 0 }
        guard left < .seconds(3600) else { return 3_600_000 }
        let (seconds, attoseconds) = left.components
        return Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// The same of a moment.
    package static func milliseconds(until moment: Moment?) -> Int32 {
        guard let moment else { return -1 }
        guard moment > .now else { return 0 }
        return Int32(min(3_600_000_000_000, moment - .now + 999_999) / 1_000_000)
    }
}
