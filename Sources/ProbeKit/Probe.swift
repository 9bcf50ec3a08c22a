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

    /// The thread that brings the answers, where `measure` is best run: one that asks a thousand times a second should not
    /// be handed from thread to thread. Nil where it computes for long, blocks, or asks here and there.
    func executor(for settings: Settings) -> (any TaskExecutor)?
}

extension Probe {
    package func executor(for settings: Settings) -> (any TaskExecutor)? { nil }
}

/// What a probe says after one run; the runner makes the observation of it.
package struct Answer: Hashable, Sendable {
    package var outcome: Outcome
    package var readings: [Reading]
    /// What the run taught about the target, e.g. the server's version.
    package var facts: [Fact]
    /// How long the line took there and back, where the probe can tell that from the target's own time.
    package var roundTrip: Duration?

    private var told: Told

    package init(
        _ outcome: Outcome, readings: [Reading] = [], facts: [Fact] = [], trace: [String] = [],
        roundTrip: Duration? = nil
    ) {
        self.outcome = outcome
        self.readings = readings
        self.facts = facts
        self.roundTrip = roundTrip
        told = .lines(trace)
    }

    /// For a probe that answers a thousand times a second and is hardly ever asked to explain itself.
    package init(
        _ outcome: Outcome, readings: [Reading], roundTrip: Duration?,
        tracing: @escaping @Sendable () -> [String]
    ) {
        self.init(outcome, readings: readings, roundTrip: roundTrip)
        told = .later(tracing)
    }

    /// For `probe --explain`: what was sent and what came, a line each; no secrets.
    package var trace: [String] {
        get { told.lines }
        set { told = .lines(newValue) }
    }

    /// What would be explained: most answers are never asked for it.
    private enum Told: Hashable, Sendable {
        case lines([String])
        case later(@Sendable () -> [String])

        var lines: [String] {
            switch self {
            case .lines(let lines): lines
            case .later(let lines): lines()
            }
        }

        static func == (one: Told, other: Told) -> Bool { one.lines == other.lines }

        func hash(into hasher: inout Hasher) { hasher.combine(lines) }
    }
}
