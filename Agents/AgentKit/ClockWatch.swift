package import Vocabulary

/// Watches the wall clock against the monotonic one.
package struct ClockWatch: Sendable {
    /// Less is slewing and reading the two clocks one after the other.
    package static let tolerance = Duration.seconds(1)

    private var last: (wall: Instant, monotonic: ContinuousClock.Instant)?

    package init() {}

    /// How far the wall clock has jumped since the last look; zero for less than `tolerance`. Said once.
    package mutating func look(wall: Instant, monotonic: ContinuousClock.Instant) -> Duration {
        defer { last = (wall, monotonic) }
        guard let last else { return .zero }
        let step = (wall - last.wall) - (monotonic - last.monotonic)
        return step > Self.tolerance || step < .zero - Self.tolerance ? step : .zero
    }
}
