package import Vocabulary

/// A failure that somebody must act on, from its opening to its end.
package struct Alert: Hashable, Sendable {
    /// Why nobody is told of it for now; its patience stands still.
    package enum Hold: Hashable, Sendable {
        /// Something it depends on fails, or the asset itself: that is what somebody is told of.
        case cause(Int64)
        /// The cause is over; whether this still fails only an answer tells that is newer than `after`, on the agent's
        /// clock. Not waited for longer than until `until`.
        case news(after: Instant, until: Instant)
        /// It left its incident without such an answer: nobody knows.
        case unseen(after: Instant)
        /// Its asset is quiet: in maintenance, or outside its hours.
        case quiet
    }

    package let id: Int64
    package let subject: Subject
    package let asset: Int64
    package var outcome: Outcome
    /// When the failure began and when it was confirmed, on the agent's clock.
    package var since: Instant
    package var confirmed: Instant
    /// When it came to be known here.
    package let opened: Instant
    package var incident: Int64
    package var hold: Hold?
    /// From when its patience counts.
    package var ready: Instant
    /// It comes and goes: when it has stayed until then as it is, good or not, that is what it is.
    package var settles: Instant?
    package var isFlapping: Bool
    /// The gravest state that anybody was told of it.
    package var told: State?
    package var resolved: Instant?

    package init(
        id: Int64, subject: Subject, asset: Int64, outcome: Outcome, since: Instant, confirmed: Instant,
        opened: Instant, incident: Int64, hold: Hold? = nil, ready: Instant? = nil, settles: Instant? = nil,
        isFlapping: Bool = false, told: State? = nil
    ) {
        self.id = id
        self.subject = subject
        self.asset = asset
        self.outcome = outcome
        self.since = since
        self.confirmed = confirmed
        self.opened = opened
        self.incident = incident
        self.hold = hold
        self.ready = ready ?? opened
        self.settles = settles
        self.isFlapping = isFlapping
        self.told = told
    }

    /// How grave it is: what comes and goes is degraded, however it is just now.
    package var gravity: State { isFlapping ? .degraded : outcome.state }
}
