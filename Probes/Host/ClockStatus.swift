internal import CTimex
package import Vocabulary

/// What the kernel knows of the clock's synchronisation (adjtimex(2)).
///
/// The kernel only knows what a time service tells it: chrony does with its `rtcsync` directive, which Debian sets.
package struct ClockStatus: Hashable, Sendable {
    package var isSynchronised: Bool
    package var offset: Duration
    package var estimatedError: Duration
    package var maximumError: Duration

    package init(isSynchronised: Bool, offset: Duration, estimatedError: Duration, maximumError: Duration) {
        self.isSynchronised = isSynchronised
        self.offset = offset
        self.estimatedError = estimatedError
        self.maximumError = maximumError
    }

    /// Asks the kernel; nil where a sandbox forbids the call.
    package static func ofKernel() -> ClockStatus? {
        var time = timex()
        let state = adjtimex(&time)
        guard state >= 0 else { return nil }
        let offset = Int64(time.offset)
        return ClockStatus(
            isSynchronised: state != TIME_ERROR && time.status & STA_UNSYNC == 0,
            offset: time.status & STA_NANO != 0 ? .nanoseconds(offset) : .microseconds(offset),
            estimatedError: .microseconds(Int64(time.esterror)), maximumError: .microseconds(Int64(time.maxerror)))
    }

    package var readings: [Reading] {
        [
            Reading(Metric("host_clock_synchronised"), isSynchronised ? 1 : 0),
            Reading(Metric("host_clock_offset_seconds"), offset.inSeconds),
            Reading(Metric("host_clock_estimated_error_seconds"), estimatedError.inSeconds),
            Reading(Metric("host_clock_maximum_error_seconds"), maximumError.inSeconds),
        ]
    }
}
