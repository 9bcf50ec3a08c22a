package import ProbeKit
internal import Synchronization
package import Vocabulary

/// What the agent believes of each check of its assignment.
package final class Beliefs: Sendable {
    private struct Entry {
        var check: Check
        var suspicion: Suspicion
    }

    private struct State {
        var entries: [CheckName: Entry] = [:]
        /// Checks that this agent cannot run, each with the change that said so.
        var cannotRun: [CheckName: StateChange] = [:]
    }

    private let state = Mutex(State())

    package init() {}

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
                        check: check,
                        suspicion: Suspicion(check: check.name, settings: Patience.settings(for: check.kind)))
                }
            }
            state.entries = entries
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

    /// Takes an answer; nil when the assignment no longer holds that very check: the answer is about another target.
    package func apply(_ outcome: Outcome, of check: Check, at time: Instant) -> Suspicion.Decision? {
        state.withLock { state in
            guard state.entries[check.name]?.check.asksTheSame(as: check) == true else { return nil }
            return state.entries[check.name]?.suspicion.apply(outcome, at: time)
        }
    }

    /// Everything believed, in order of name, as changes that are none.
    package func restated(at time: Instant) -> [StateChange] {
        state.withLock { state in
            let believed = state.entries.values.compactMap { $0.suspicion.restated(at: time) }
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
