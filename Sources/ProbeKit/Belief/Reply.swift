package import Vocabulary

/// What detection takes of one ask: when it was asked, what came of it, and how the ask came about.
package struct Reply: Hashable, Sendable {
    /// When the ask began.
    package var asked: Instant
    package var took: Duration
    package var outcome: Outcome
    package var roundTrip: Duration?
    /// Asked by the schedule. What a burst asks comes after a loss, and is no fair sample of the line.
    package var isScheduled: Bool
    /// It was counted as overdue while it was awaited.
    package var wasOverdue: Bool

    package init(
        asked: Instant, took: Duration, outcome: Outcome, roundTrip: Duration? = nil, isScheduled: Bool = true,
        wasOverdue: Bool = false
    ) {
        self.asked = asked
        self.took = took
        self.outcome = outcome
        self.roundTrip = roundTrip
        self.isScheduled = isScheduled
        self.wasOverdue = wasOverdue
    }

    package var time: Instant { asked + took }
}

extension Outcome {
    /// Nothing came at all. That may be the target or a line that loses; everything else was said by somebody.
    package var isSilence: Bool {
        guard case .down(let reason) = self else { return false }
        return reason.code == "no-reply" || reason.code == "timeout"
    }

    /// Silence, or "unreachable", which this machine may have said itself: no sign of anybody.
    package var isFromNobody: Bool {
        isSilence || state == .down && reason?.code == "unreachable"
    }
}
