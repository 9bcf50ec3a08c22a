/// What is known of the clock of one authoritative engine (RFC 3414 §2.3 and 3.2.7): its boots and its time, kept from
/// authenticated messages, and which messages are too old to be believed.
package struct USMClock: Hashable, Sendable {
    /// Seconds by which a message may lag.
    package static let window: Int64 = 150
    private static let lastBoot = Int32.max

    private var boots: Int32
    private var time: Int32
    private var latestTime: Int32
    private var heard: ContinuousClock.Instant

    package init(boots: Int32, time: Int32, at now: ContinuousClock.Instant) {
        self.boots = boots
        self.time = time
        latestTime = time
        heard = now
    }

    /// What a message that leaves now says.
    package func estimate(at now: ContinuousClock.Instant) -> (boots: Int32, time: Int32) {
        let elapsed = max(0, heard.duration(to: now).components.seconds)
        return (boots, Int32(clamping: Int64(time) + elapsed))
    }

    /// Takes the clock of an authenticated message; false when it is outside the time window.
    package mutating func take(boots: Int32, time: Int32, at now: ContinuousClock.Instant) -> Bool {
        if boots > self.boots || (boots == self.boots && time > latestTime) {
            self = USMClock(boots: boots, time: time, at: now)
        }
        guard self.boots < Self.lastBoot, boots >= self.boots else { return false }
        return Int64(time) >= Int64(estimate(at: now).time) - Self.window
    }
}
