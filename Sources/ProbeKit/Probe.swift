package import ProbeSettings
package import Vocabulary

/// A kind of question that an agent can ask of a target.
///
/// One value serves every check of its kind and holds the engine they share. A failing target is an answer:
/// `measure` cannot throw, and what kept it from asking at all is `unknown`.
package protocol Probe: Sendable {
    associatedtype Settings: ProbeSettings

    /// Asks once; returns by `deadline` at the latest. `target` has passed `Settings.validate(target:)`.
    func measure(_ target: String, settings: Settings, until deadline: ContinuousClock.Instant) async -> Answer
}

/// What a probe says after one run; the runner makes the observation of it.
package struct Answer: Hashable, Sendable {
    package var outcome: Outcome
    package var readings: [Reading]
    /// What the run taught about the target, e.g. the server's version.
    package var facts: [Fact]
    /// For `probe --explain`: what was sent and what came, a line each; no secrets.
    package var trace: [String]
    /// How long the line took there and back, where the probe can tell that from the target's own time.
    package var roundTrip: Duration?

    package init(
        _ outcome: Outcome, readings: [Reading] = [], facts: [Fact] = [], trace: [String] = [],
        roundTrip: Duration? = nil
    ) {
        self.outcome = outcome
        self.readings = readings
        self.facts = facts
        self.trace = trace
        self.roundTrip = roundTrip
    }
}
