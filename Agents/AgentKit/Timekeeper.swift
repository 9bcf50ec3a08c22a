internal import Glibc
package import Vocabulary

/// The two clocks an agent lives by, so that tests can hold them in their hands.
///
/// The wall clock only dates what was seen. Everything that waits or measures uses the monotonic one, which goes on
/// while the machine is suspended and never jumps.
package protocol Timekeeper: Sendable {
    var wall: Instant { get }
    var monotonic: ContinuousClock.Instant { get }
    /// Returns at that time, or at once when its task is cancelled.
    func sleep(until deadline: ContinuousClock.Instant) async
    /// Waits for a moment that nobody notices, so that what comes meanwhile is done together.
    func rest() async
}

extension Timekeeper {
    /// Clocks that a test moves stand still: there is nothing to wait for.
    package func rest() async {}
}

/// The machine's own clocks.
package struct SystemTime: Timekeeper {
    package init() {}

    package var wall: Instant {
        var time = timespec()
        // Cannot fail: the clock exists on every Linux and the pointer is good.
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    package var monotonic: ContinuousClock.Instant { .now }

    package func sleep(until deadline: ContinuousClock.Instant) async {
        do {
            try await Task.sleep(until: deadline, clock: .continuous)
        } catch {
            // Cancelled: returning early is what the caller asked for.
        }
    }
}
