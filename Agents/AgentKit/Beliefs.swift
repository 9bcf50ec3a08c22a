package import ProbeKit
internal import Synchronization
package import Vocabulary

/// What the agent believes of each check of its assignment.
package final class Beliefs: Sendable {
    private struct Entry {
        var check: Check
        var belief: Belief
        let place: Vantage.Place
        /// What is said on this machine tells nothing of the network, not even when it is about somebody else.
        let tellsOfNetwork: Bool

        init(_ check: Check, _ belief: Belief) {
            self.check = check
            self.belief = belief
            place = Vantage.Place(of: check.target)
            tellsOfNetwork = check.kind != "exec"
        }
    }

    private struct State {
        var entries: [CheckName: Entry] = [:]
        /// Checks that this agent cannot run, each with the change that said so.
        var cannotRun: [CheckName: StateChange] = [:]
        var vantage = Vantage()

        /// Nil when the assignment no longer holds that very check.
        func index(of check: Check) -> Dictionary<CheckName, Entry>.Index? {
            guard let index = entries.index(forKey: check.name), entries.values[index].check.asksTheSame(as: check)
            else { return nil }
            return index
        }
    }

    private let state = Mutex(State())
    private let hasCarrier: @Sendable () -> Bool
    private let chance: @Sendable () -> Double

    /// `hasCarrier`: whether any network interface of this machine is connected; asked when something falls silent.
    package init(
        hasCarrier: @escaping @Sendable () -> Bool = { true },
        chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.hasCarrier = hasCarrier
        self.chance = chance
    }

    /// Takes a new assignment. Checks that ask the same question of the same target keep what is believed of them.
    ///
    /// - Returns: the checks that now cannot be run and could before, or for another reason, as `unknown`.
    package func adopt(_ assignment: Assignment, at time: Instant) -> [StateChange] {
        state.withLock { state in
            var entries: [CheckName: Entry] = [:]
            for planned in assignment.checks {
                let check = planned.check
                if var known = state.entries[check.name], known.check.asksTheSame(as: check) {
                    known.check = check
                    entries[check.name] = known
                } else {
                    entries[check.name] = Entry(
                        check,
                        Belief(
                            check: check.name, confirmation: .of(check.kind), tolerances: planned.question.tolerances))
                }
            }
            state.entries = entries
            state.vantage.forget()
            var news: [StateChange] = []
            var cannotRun: [CheckName: StateChange] = [:]
            for refused in assignment.refused where refused.isNamed && entries[refused.check] == nil {
                let outcome = Outcome.unknown(Reason("cannot-run", got: refused.problem))
                if let known = state.cannotRun[refused.check], known.outcome == outcome {
                    cannotRun[refused.check] = known
                } else {
                    let change = StateChange(
                        check: refused.check, outcome: outcome, since: time, confirmed: time, runs: 0)
                    cannotRun[refused.check] = change
                    news.append(change)
                }
            }
            state.cannotRun = cannotRun
            return news
        }
    }

    /// How to ask a check now: whether a burst waits for answers, and after how long one is overdue.
    package func manner(of check: Check) -> (overlaps: Bool, patience: Duration?) {
        state.withLock { state in
            guard let belief = state.entries[check.name]?.belief else { return (false, nil) }
            return (belief.overlaps, belief.patience)
        }
    }

    /// Takes a reply; nil when the assignment no longer holds that very check: the reply is about another target.
    package func apply(_ reply: Reply, of check: Check) -> Belief.Decision? {
        state.withLock { state in
            guard let index = state.index(of: check) else { return nil }
            let place = state.entries.values[index].place
            if state.entries.values[index].tellsOfNetwork {
                if reply.outcome.isFromNobody {
                    state.vantage.missed(place, asked: reply.asked)
                } else if reply.outcome.state != .unknown {
                    state.vantage.heard(place, asked: reply.asked)
                }
            }
            let (vantage, chance) = (state.vantage, chance())
            return state.entries.values[index].belief.apply(reply, chance: chance) { blindness(at: place, vantage) }
        }
    }

    /// An ask has no answer yet, and usually has one by now.
    package func overdue(_ check: Check, asked: Instant, at now: Instant) -> Belief.Decision? {
        state.withLock { state in
            guard let index = state.index(of: check) else { return nil }
            let place = state.entries.values[index].place
            if state.entries.values[index].tellsOfNetwork { state.vantage.missed(place, asked: asked) }
            let (vantage, chance) = (state.vantage, chance())
            return state.entries.values[index].belief.overdue(asked: asked, at: now, chance: chance) {
                blindness(at: place, vantage)
            }
        }
    }

    private func blindness(at place: Vantage.Place, _ vantage: Vantage) -> Reason? {
        guard !place.isOwn else { return nil }
        guard hasCarrier() else {
            return Reason(Vantage.noCarrier, expected: "a connected network interface", got: "none")
        }
        return vantage.blindness(of: place)
    }

    /// Everything believed, in order of name, as changes that are none.
    package func restated(at time: Instant) -> [StateChange] {
        state.withLock { state in
            let believed = state.entries.values.compactMap { $0.belief.restated(at: time) }
            let cannotRun = state.cannotRun.values.map { change in
                StateChange(
                    check: change.check, outcome: change.outcome, since: change.since, confirmed: time, runs: 0,
                    isRestated: true)
            }
            return (believed + cannotRun).sorted { $0.check < $1.check }
        }
    }
}

extension Check {
    /// Whether answers to one are answers to the other: how often it is asked does not matter.
    func asksTheSame(as other: Check) -> Bool {
        name == other.name && kind == other.kind && target == other.target && settings == other.settings
    }
}
