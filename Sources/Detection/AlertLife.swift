package import Vocabulary

/// The life of one alert: opened by a confirmed failure, told once its patience is over, resolved once.
///
/// A failure that ends before anybody was told of it is on the record and sends nothing.
package struct AlertLife: Hashable, Sendable {
    /// What somebody has to be told.
    package enum Telling: String, Hashable, Sendable {
        case problem
        /// What was told as degraded is down now.
        case worse
        case recovery
    }

    package private(set) var outcome: Outcome
    package let opened: Instant
    /// When the next telling is due; nil when there is none to come.
    package private(set) var due: Instant?
    /// The gravest state that anybody was told.
    package private(set) var told: State?
    package private(set) var resolved: Instant?

    /// An alert begins with `down` or `degraded`; nil for what is no alert: up, and unknown, which is not down.
    package init?(_ outcome: Outcome, at time: Instant, patience: Patience) {
        guard outcome.state == .down || outcome.state == .degraded else { return nil }
        self.outcome = outcome
        opened = time
        due = patience.due(from: time)
    }

    /// As the store kept it.
    package init(outcome: Outcome, opened: Instant, due: Instant?, told: State?) {
        self.outcome = outcome
        self.opened = opened
        self.due = due
        self.told = told
    }

    /// Takes a confirmed change of the thing the alert is about; the recovery, if that has to be told.
    package mutating func apply(_ outcome: Outcome, at time: Instant, patience: Patience) -> Telling? {
        switch outcome.state {
        case .unknown:
            // Nobody knows that it is over.
            return nil
        case .up:
            resolved = time
            due = nil
            return told == nil ? nil : .recovery
        case .degraded, .down:
            let isWorse = outcome.state == .down && self.outcome.state == .degraded
            self.outcome = outcome
            if isWorse, told == .degraded { due = patience.due(from: time) }
            return nil
        }
    }

    /// The telling that is due by now; it counts as told from here on.
    package mutating func take(dueBy now: Instant) -> Telling? {
        guard let due, due <= now else { return nil }
        self.due = nil
        defer { told = outcome.state }
        return told == nil ? .problem : .worse
    }
}
