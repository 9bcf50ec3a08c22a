package import Vocabulary

/// Decides, from the answers of one check, when to ask again at once and when to believe in a change.
///
/// One odd answer makes a suspicion; a suspicion is asked again in a burst of its own. Only a burst that agrees
/// becomes a change, so one lost packet is never one.
package struct Suspicion: Hashable, Sendable {
    package struct Settings: Hashable, Sendable {
        /// How many further answers must agree before a change is believed.
        package var confirmations: Int
        /// The pause before each of them.
        package var spacing: Duration

        package init(confirmations: Int = 3, spacing: Duration = .milliseconds(150)) {
            self.confirmations = confirmations
            self.spacing = spacing
        }
    }

    package enum Decision: Hashable, Sendable {
        /// Nothing new: the next run is the scheduled one.
        case wait
        /// Suspected: ask again after this pause.
        case askAgain(after: Duration)
        /// Confirmed.
        case changed(StateChange)
    }

    private struct Suspect: Hashable, Sendable {
        var state: State
        var since: Instant
        var runs: Int
    }

    package let check: CheckName
    private let settings: Settings
    /// What is believed; nil before the first answer is confirmed.
    package private(set) var believed: Outcome?
    private var since: Instant?
    private var suspect: Suspect?

    package init(check: CheckName, settings: Settings = Settings()) {
        self.check = check
        self.settings = settings
    }

    /// Takes the answer of a run that began at `time`.
    package mutating func apply(_ outcome: Outcome, at time: Instant) -> Decision {
        guard outcome.state != believed?.state else {
            suspect = nil
            return reworded(outcome, at: time)
        }
        // A good first answer needs no second: nothing believed is contradicted by it.
        guard believed != nil || outcome.state != .up else {
            return believe(outcome, since: time, at: time, runs: 1)
        }
        var current = suspect ?? Suspect(state: outcome.state, since: time, runs: 0)
        if current.state != outcome.state {
            current = Suspect(state: outcome.state, since: time, runs: 0)
        }
        current.runs += 1
        guard current.runs > settings.confirmations else {
            suspect = current
            return .askAgain(after: settings.spacing)
        }
        return believe(outcome, since: current.since, at: time, runs: current.runs)
    }

    /// What is believed, as a change that is none: for the collector that may have lost the last one.
    package func restated(at time: Instant) -> StateChange? {
        guard let believed, let since else { return nil }
        return StateChange(check: check, outcome: believed, since: since, confirmed: time, runs: 0, isRestated: true)
    }

    /// The state stays, its reason may not: "refused" that turns into "timed out" is news, without a new `since`.
    private mutating func reworded(_ outcome: Outcome, at time: Instant) -> Decision {
        guard outcome.reason?.code != believed?.reason?.code, let since else { return .wait }
        believed = outcome
        return .changed(StateChange(check: check, outcome: outcome, since: since, confirmed: time, runs: 1))
    }

    private mutating func believe(_ outcome: Outcome, since: Instant, at time: Instant, runs: Int) -> Decision {
        believed = outcome
        self.since = since
        suspect = nil
        return .changed(StateChange(check: check, outcome: outcome, since: since, confirmed: time, runs: runs))
    }
}
