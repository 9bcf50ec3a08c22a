/// The answer to one run of a check.
package struct Observation: Hashable, Sendable {
    package var check: CheckName
    /// When the run began, on the agent's clock.
    package var time: Instant
    package var duration: Duration
    package var outcome: Outcome
    package var readings: [Reading]

    package init(check: CheckName, time: Instant, duration: Duration, outcome: Outcome, readings: [Reading]) {
        self.check = check
        self.time = time
        self.duration = duration
        self.outcome = outcome
        self.readings = readings
    }
}

/// What an agent came to believe of a check after confirmation.
package struct StateChange: Hashable, Sendable {
    package var check: CheckName
    package var outcome: Outcome
    /// When the first observation that led here began.
    package var since: Instant
    /// When it was confirmed.
    package var confirmed: Instant
    /// How many runs it rests on, the first included.
    package var runs: Int
    /// Said again without a change, so that a collector which lost one is put right.
    package var isRestated: Bool

    package init(
        check: CheckName, outcome: Outcome, since: Instant, confirmed: Instant, runs: Int, isRestated: Bool = false
    ) {
        self.check = check
        self.outcome = outcome
        self.since = since
        self.confirmed = confirmed
        self.runs = runs
        self.isRestated = isRestated
    }
}
