package import Courier
package import Vocabulary

/// Whether the collector is silent, and what has to be sent to whom because of that.
///
/// A value that is told what was heard and what the time is. Each receiver hears of a silence once, and of its end only
/// if it heard of the silence. It measures by the clock that never jumps; the wall clock only dates what is said.
package struct DeadMan: Hashable, Sendable {
    /// A message that is due now.
    package struct Errand: Hashable, Sendable {
        package var way: String
        package var since: Instant
        /// nil: the silence lasts.
        package var resolved: Instant?
        /// An earlier attempt may have arrived although nobody said so.
        package var isRepeated: Bool

        package var isProblem: Bool { resolved == nil }
        /// The same for every attempt, and no other message's.
        package var id: Int64 { isProblem ? since.microseconds : since.microseconds + 1 }
    }

    /// A receiver that refuses may be put right meanwhile: it is asked again as seldom as one that fails for long.
    private static let afterRefusal = Persistence.pause(afterAttempt: .max)
    private static let longestWish = Duration.seconds(3600)

    package let patience: Duration
    package private(set) var ledger: DeadManLedger
    private let ways: [String]
    /// When the collector was last heard, by both clocks.
    private var heardMonotonic: ContinuousClock.Instant
    private var heardWall: Instant
    /// After a start the collector gets half of the patience to answer, whatever was before.
    private let earliest: ContinuousClock.Instant
    private var again: [String: ContinuousClock.Instant] = [:]

    /// As the agent starts. `ledger` is what an earlier run left behind; what it says of ways that are no longer there
    /// is forgotten.
    package init(
        patience: Duration, ways: [String], ledger: DeadManLedger = DeadManLedger(),
        monotonic: ContinuousClock.Instant, wall: Instant
    ) {
        self.patience = patience
        self.ways = ways
        self.ledger = ledger
        self.ledger.entries = [:]
        for way in ways {
            var entry = ledger.entries[way] ?? .init()
            // It was on its way as the agent was stopped, and may have come.
            if entry.stage == .problem, entry.isOpen { entry.isOwedEnd = true }
            entry.isOpen = false
            self.ledger.entries[way] = entry
        }
        // Later than now: the wall clock was set back.
        heardWall = min(ledger.silence ?? wall, wall)
        // The time without the agent counts as silence: only so is a restart in the middle no delay.
        heardMonotonic = monotonic - min(wall - heardWall, patience)
        earliest = monotonic + patience / 2
    }

    /// The collector answered.
    package mutating func heard(monotonic: ContinuousClock.Instant, wall: Instant) {
        heardMonotonic = monotonic
        heardWall = wall
        ledger.silence = nil
        for way in ways { change(way) { Self.end(&$0, at: wall) } }
    }

    private static func end(_ entry: inout DeadManLedger.Entry, at wall: Instant) {
        switch entry.stage {
        case .nothing, .recovery: return
        // Never delivered, so there is nothing to take back.
        case .problem where !entry.isOwedEnd: entry = .init()
        case .problem, .told:
            // A message without an end in time would be no recovery.
            entry = .init(stage: .recovery, since: entry.since, resolved: max(wall, entry.since))
        }
    }

    /// Time has passed.
    package mutating func look(at now: ContinuousClock.Instant) {
        let silent = now - heardMonotonic
        // Written down halfway, so that a restart knows of it; not at every pause for breath.
        if silent >= patience / 2, ledger.silence == nil { ledger.silence = heardWall }
        guard silent >= patience, now >= earliest else { return }
        let since = heardWall
        for way in ways { change(way) { Self.begin(&$0, since: since) } }
    }

    private static func begin(_ entry: inout DeadManLedger.Entry, since: Instant) {
        switch entry.stage {
        case .problem, .told: return
        case .nothing: entry = .init(stage: .problem, since: since)
        // Silent again before anybody said that it was back: what the receiver knows is true.
        case .recovery where entry.attempts == 0: entry = .init(stage: .told, since: entry.since)
        // Unless word of the end came through although nobody said so.
        case .recovery: entry = .init(stage: .problem, since: since, isOwedEnd: true)
        }
    }

    /// What to try now, in the order of the ways.
    package func due(at now: ContinuousClock.Instant) -> [Errand] {
        ways.compactMap { way in
            guard let entry = ledger.entries[way], now >= again[way] ?? now else { return nil }
            switch entry.stage {
            case .nothing, .told: return nil
            case .problem where now < earliest: return nil
            case .problem, .recovery: break
            }
            return Errand(
                way: way, since: entry.since, resolved: entry.stage == .recovery ? entry.resolved : nil,
                isRepeated: entry.attempts > 0)
        }
    }

    /// Written down before anything is sent: a kill in between must not make it a message nobody knows of.
    package mutating func begin(_ errand: Errand) {
        change(errand.way) { entry in
            entry.attempts += 1
            entry.isOpen = true
        }
    }

    /// What came of it; there was nothing heard and no look since its beginning.
    package mutating func end(_ errand: Errand, _ delivery: Delivery, at now: ContinuousClock.Instant) {
        guard var entry = ledger.entries[errand.way] else { return }
        entry.isOpen = false
        switch delivery {
        case .delivered, .deliveredInstead:
            entry = errand.isProblem ? .init(stage: .told, since: entry.since) : .init()
            again[errand.way] = nil
        case .retry(_, let after):
            let pause = Persistence.pause(afterAttempt: entry.attempts)
            again[errand.way] = now + max(pause, min(after ?? .zero, Self.longestWish))
        case .refused:
            again[errand.way] = now + Self.afterRefusal
        }
        ledger.entries[errand.way] = entry
    }

    /// A new message is tried at once, whatever pause an earlier one had earned.
    private mutating func change(_ way: String, _ body: (inout DeadManLedger.Entry) -> Void) {
        guard var entry = ledger.entries[way] else { return }
        let stage = entry.stage
        body(&entry)
        if entry.stage != stage { again[way] = nil }
        ledger.entries[way] = entry
    }
}
