package import ProbeSettings
package import Vocabulary

/// What is believed of one check, from its answers alone: whether it answers, and how well.
package struct Belief: Sendable {
    /// What to do next, and what there is to tell.
    package struct Decision: Hashable, Sendable {
        /// Ask again after this pause; nil: the next run is the scheduled one.
        package var pause: Duration?
        /// What is confirmed now.
        package var change: StateChange?

        package init(pause: Duration? = nil, change: StateChange? = nil) {
            self.pause = pause
            self.change = change
        }
    }

    package let check: CheckName
    private let confirmation: Confirmation
    private var suspicion: Suspicion
    private var quality: Quality?
    private var told: (outcome: Outcome, since: Instant)?
    /// When what the answers say began to hold.
    private var since: Instant?
    /// Asks of the burst that is going on.
    private var asks = 0
    /// The longest answer of late.
    private var longest: Duration?

    package init(
        check: CheckName, confirmation: Confirmation = .requests, tolerances: Tolerances? = nil
    ) {
        self.check = check
        self.confirmation = confirmation
        suspicion = Suspicion(confirmation, usualBreak: tolerances?.bursts ?? .zero)
        quality = tolerances.map(Quality.init)
    }

    package var believed: Outcome? { told?.outcome }

    /// Whether the asks of a burst follow one another without waiting for the answers.
    package var overlaps: Bool { confirmation.overlaps }

    /// After how long an ask without an answer is overdue, if that means anything: three times what the longest answer
    /// took of late.
    package var patience: Duration? {
        guard confirmation.overlaps, let longest, suspicion.believed?.state != .down else { return nil }
        return max(.milliseconds(100), longest * 3)
    }

    /// An ask that began at `asked` is overdue.
    package mutating func overdue(
        asked: Instant, at now: Instant, chance: Double, blindness: () -> Reason? = { nil }
    ) -> Decision {
        decide(suspicion.overdue(asked: asked, at: now, blindness: blindness), at: now, chance: chance)
    }

    /// Takes a reply; `blindness` says why the agent cannot see the target just now, `chance` is from 0 to 1.
    package mutating func apply(
        _ reply: Reply, chance: Double, blindness: () -> Reason? = { nil }
    ) -> Decision {
        var reply = reply
        // One ask of many packets that lost some: how much is too much, the window says.
        if quality != nil, reply.outcome.reason?.code == "packet-loss" { reply.outcome = .up }
        if !reply.outcome.isSilence, reply.outcome.state != .unknown {
            longest = max(reply.took, (longest ?? .zero) * 63 / 64)
        }
        if reply.isScheduled, suspicion.believed?.state == .up { quality?.take(reply) }
        return decide(suspicion.apply(reply, blindness: blindness), at: reply.time, chance: chance)
    }

    /// What is believed, as a change that is none: for the collector that may have lost the last one.
    package func restated(at time: Instant) -> StateChange? {
        guard let told else { return nil }
        return StateChange(
            check: check, outcome: told.outcome, since: told.since, confirmed: time, runs: 0, isRestated: true)
    }

    private mutating func decide(_ finding: Suspicion.Finding, at now: Instant, chance: Double) -> Decision {
        var runs = 1
        switch finding {
        case .calm, .suspected, .reworded: break
        case .believed(let first, let number):
            runs = number
            since = first
        }
        asks = finding == .suspected ? asks + 1 : 0
        let pause = finding == .suspected ? confirmation.pause(after: asks, chance: chance) : nil
        return Decision(pause: pause, change: news(at: now, runs: runs))
    }

    /// The change, if what is believed by now is not what was told.
    private mutating func news(at now: Instant, runs: Int) -> StateChange? {
        guard let base = suspicion.believed, let since else { return nil }
        var (outcome, begun) = (base, since)
        if base.state == .up, let reason = quality?.reason {
            (outcome, begun) = (.degraded(reason), now)
        }
        if let told {
            guard outcome.state != told.outcome.state || outcome.reason?.code != told.outcome.reason?.code else {
                return nil
            }
            // Only the reason is another; or the line is good again since now, not since the target came back.
            if outcome.state == told.outcome.state { begun = told.since }
            if outcome.state == .up, begun < told.since { begun = now }
        }
        told = (outcome, begun)
        return StateChange(check: check, outcome: outcome, since: begun, confirmed: now, runs: runs)
    }
}
