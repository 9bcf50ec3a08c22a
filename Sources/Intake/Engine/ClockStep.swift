package import SQLite
import Storage
package import Vocabulary

/// Follows the wall clock when somebody sets it: what waits for a moment goes on waiting for as long as before.
///
/// Without it, an hour forward is the silence of every agent at once, and an hour back holds every message for an hour.
package struct ClockStep: Hashable, Sendable {
    /// Less is drift that is being corrected, or a busy machine.
    private static let tolerance = Duration.seconds(5)

    private var wall: Instant
    private var running: ContinuousClock.Instant

    package init(wall: Instant, running: ContinuousClock.Instant) {
        self.wall = wall
        self.running = running
    }

    /// How far the clock was set since the last look; nil when it ran as it should.
    package mutating func look(wall: Instant, running: ContinuousClock.Instant) -> Duration? {
        let step = (wall - self.wall) - (running - self.running)
        self = ClockStep(wall: wall, running: running)
        return abs(step.wholeMicroseconds) < Self.tolerance.wholeMicroseconds ? nil : step
    }

    /// Moves everything that waits, and when agents were last heard of, along with the clock.
    package static func follow(_ step: Duration, in connection: Connection) throws {
        try AgentStore(connection).moveLastSeen(by: step)
        try AlertStore(connection).follow(step)
        try IncidentStore(connection).follow(step)
        try MessageStore(connection).moveAttempts(by: step)
    }
}
