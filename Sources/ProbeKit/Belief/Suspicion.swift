package import Vocabulary

/// Decides, from the answers of one check, when to ask again at once and when to believe in a change.
///
/// One odd answer makes a suspicion, and a suspicion is asked again in a burst of its own. Silence is tested for being
/// more than the line loses anyhow (`SilenceTest`). Anything else that is said, "refused", "status 500", "expired", was
/// said by somebody: there only the burst has to agree. So one lost packet is never a change.
package struct Suspicion: Hashable, Sendable {
    package enum Finding: Hashable, Sendable {
        /// Nothing new: the next run is the scheduled one.
        case calm
        /// Suspected: ask again soon.
        case suspected
        /// Confirmed; it rests on so many asks.
        case believed(since: Instant, runs: Int)
        /// The state stays and its reason is another: "refused" that turns into "timed out".
        case reworded
    }

    /// Asks in a row that nothing came of.
    private struct Silence: Hashable, Sendable {
        var first: Instant
        var last: Instant
        /// The share of asks that were lost before it began.
        var loss: Double
        var lost = 0
        /// How many of them the schedule asked, and are counted as losses.
        var scheduled = 0
        /// What came of the last ask that was awaited to its end; nil while all are merely overdue.
        var outcome: Outcome?
    }

    /// Answers of another state than the believed one.
    private struct Dissent: Hashable, Sendable {
        var state: State
        var since: Instant
        var agreeing = 0
        var missing = 0
    }

    private let confirmation: Confirmation
    /// What is believed; nil before the first answer is confirmed.
    package private(set) var believed: Outcome?
    private var silence: Silence?
    private var dissent: Dissent?
    private var test: SilenceTest
    private var losses = Losses()
    /// When the newest ask that was answered began: what was asked before it and is still silent was a packet lost.
    private var heard: Instant?
    /// Since when it was silent that is believed to be gone.
    private var gone: Instant?

    package init(_ confirmation: Confirmation, usualBreak: Duration = .zero) {
        self.confirmation = confirmation
        test = SilenceTest(usual: usualBreak)
    }

    /// An ask that began at `asked` has no answer yet, and usually has one by now.
    package mutating func overdue(asked: Instant, at now: Instant, blindness: () -> Reason?) -> Finding {
        guard believed?.state != .down, isNews(asked) else { return idle }
        return silent(since: asked, at: now, outcome: nil, counts: true, blindness)
    }

    /// Takes a reply. `blindness`: why the agent cannot see the target just now, asked only when that matters.
    package mutating func apply(_ reply: Reply, blindness: () -> Reason?) -> Finding {
        test.age(to: reply.time)
        if reply.outcome.isSilence { return applySilence(reply, blindness) }
        if reply.outcome.state != .unknown, !reply.outcome.isFromNobody {
            if isNews(reply.asked) { heard = reply.asked }
            if reply.isScheduled { losses.take(lost: false) }
            if let silence { test.saw(silence: silence.last - silence.first) }
            silence = nil
        }
        guard reply.outcome.state != believed?.state else {
            dissent = nil
            return reworded(reply.outcome)
        }
        if reply.outcome.isFromNobody, let still = stillBlind(blindness) { return still }
        // A good first answer needs no second: nothing believed is contradicted by it.
        guard believed != nil || reply.outcome.state != .up else {
            return believe(reply.outcome, since: reply.asked, runs: 1)
        }
        var current = dissent ?? Dissent(state: reply.outcome.state, since: reply.asked)
        if current.state != reply.outcome.state {
            current = Dissent(state: reply.outcome.state, since: reply.asked)
        }
        current.agreeing += 1
        current.missing = 0
        guard current.agreeing > confirmation.confirmations else {
            dissent = current
            return .suspected
        }
        if reply.outcome.isFromNobody, let reason = blindness() {
            return believe(.unknown(reason), since: current.since, runs: current.agreeing)
        }
        return believe(reply.outcome, since: current.since, runs: current.agreeing)
    }

    /// Whether an ask is younger than the newest that was answered; one far older was dated by a clock since set back.
    private mutating func isNews(_ asked: Instant) -> Bool {
        guard let heard else { return true }
        if heard - asked > .seconds(60) { self.heard = nil }
        return asked > heard || self.heard == nil
    }

    private var idle: Finding { silence == nil && dissent == nil ? .calm : .suspected }

    private mutating func applySilence(_ reply: Reply, _ blindness: () -> Reason?) -> Finding {
        guard believed?.state != .down else {
            // A target that comes back may lose a packet while it does.
            guard dissent != nil else { return reworded(reply.outcome) }
            return miss()
        }
        // What cannot be seen is no loss of the line.
        defer {
            if reply.isScheduled, believed?.state != .unknown, believed?.state != .down {
                losses.take(lost: true)
                silence?.scheduled += 1
            }
        }
        if dissent?.state == .down { dissent?.agreeing += 1 } else { _ = miss() }
        guard isNews(reply.asked) else { return idle }
        return silent(
            since: reply.asked, at: reply.time, outcome: reply.outcome, counts: !reply.wasOverdue, blindness)
    }

    private mutating func miss() -> Finding {
        dissent?.missing += 1
        if let dissent, dissent.missing > confirmation.confirmations { self.dissent = nil }
        return idle
    }

    private mutating func silent(
        since asked: Instant, at now: Instant, outcome: Outcome?, counts: Bool, _ blindness: () -> Reason?
    ) -> Finding {
        if let still = stillBlind(blindness) { return still }
        var current =
            silence ?? Silence(first: asked, last: asked, loss: losses.share(atLeast: confirmation.leastLoss))
        current.first = min(current.first, asked)
        current.last = max(current.last, asked)
        if counts { current.lost += 1 }
        current.outcome = outcome ?? current.outcome
        silence = current
        let span = now - current.first
        guard let outcome = current.outcome, current.lost > confirmation.confirmations,
            span >= confirmation.leastSilence,
            test.isGone(after: span, lost: current.lost, loss: current.loss)
        else { return .suspected }
        if let reason = blindness() {
            return believe(.unknown(reason), since: current.first, runs: current.lost)
        }
        let found = believe(outcome, since: current.first, runs: current.lost)
        // What was lost since then says nothing of the line.
        losses.forget(newest: current.scheduled)
        gone = current.first
        return found
    }

    /// Who sees nothing does not have to look again all the time.
    private mutating func stillBlind(_ blindness: () -> Reason?) -> Finding? {
        guard let reason = believed?.reason, Vantage.reasons.contains(reason.code), let still = blindness() else {
            return nil
        }
        silence = nil
        dissent = nil
        return reworded(.unknown(still))
    }

    private mutating func reworded(_ outcome: Outcome) -> Finding {
        guard outcome.reason?.code != believed?.reason?.code, outcome.state == believed?.state else { return idle }
        believed = outcome
        return .reworded
    }

    private mutating func believe(_ outcome: Outcome, since: Instant, runs: Int) -> Finding {
        // What was taken for the end and was not teaches how long this line can be silent.
        if let gone { test.saw(silence: since - gone, wasBelieved: true) }
        gone = nil
        believed = outcome
        silence = nil
        dissent = nil
        return .believed(since: since, runs: runs)
    }
}
