package import Vocabulary

/// Decides what a confirmed change from an agent does to what is believed of its check.
///
/// The seed of detection: agents confirm, the collector believes the newest confirmation. A change that arrives
/// after a newer one is history, and never brings the past back.
package enum Verdict: Hashable, Sendable {
    /// Nothing new, e.g. a restatement of what is believed.
    case known
    /// Believed from now on, and recorded.
    case believe
    /// Recorded at its time; what is believed stays.
    case history

    package init(_ change: StateChange, believed: (outcome: Outcome, confirmed: Instant)?) {
        guard let believed else {
            self = .believe
            return
        }
        if change.outcome == believed.outcome {
            self = .known
        } else if change.confirmed < believed.confirmed {
            // Restated from before the newest change: it says nothing that the transitions do not.
            self = change.isRestated ? .known : .history
        } else {
            self = .believe
        }
    }
}
