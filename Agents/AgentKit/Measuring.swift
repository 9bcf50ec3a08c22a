package import Logging
internal import ProbeKit
internal import ServiceLifecycle
internal import Synchronization
internal import Vocabulary
internal import Wire

/// Runs the checks that are due, a bounded number at once, and hands on what they answer.
///
/// Each question is asked on its engine's thread (`Question.executor`). Everything else, which takes microseconds, is one
/// loop on `executor`: it takes what was answered, what has an alarm and what is due, all of it together, and rests for a
/// moment, so that thousands of checks a second cost hundreds of wakes.
package final class Measuring: Service {
    /// How long a probe may overstay its deadline before it is cancelled; a sound one never does.
    private static let grace = Duration.milliseconds(500)

    private struct State {
        var schedule: Schedule
        var planned: [CheckName: Assignment.Planned] = [:]
        var missedSaid: UInt64 = 0
    }

    private let state: Mutex<State>
    private let bell: Bell
    private let askers: Askers
    private let beliefs: Beliefs
    private let batching: Batching
    private let paths: PathFollowing?
    private let status: AgentStatus
    private let concurrency: Int
    private let executor: any TaskExecutor
    private let time: any Timekeeper
    private let log: Logger

    package init(
        beliefs: Beliefs, batching: Batching, paths: PathFollowing? = nil, status: AgentStatus, concurrency: Int,
        executor: any TaskExecutor = globalConcurrentExecutor, time: any Timekeeper, log: Logger
    ) {
        bell = Bell()
        askers = Askers(ringing: bell, grace: Self.grace, time: time)
        self.beliefs = beliefs
        self.batching = batching
        self.paths = paths
        self.status = status
        self.concurrency = max(1, concurrency)
        self.executor = executor
        self.time = time
        self.log = log
        state = Mutex(State(schedule: Schedule(epoch: time.monotonic)))
    }

    /// Swaps the whole assignment at once; what goes on unchanged keeps its turn and what is believed of it.
    package func adopt(_ assignment: Assignment) {
        let news = beliefs.adopt(assignment, at: time.wall)
        let now = time.monotonic
        state.withLock { state in
            state.planned = Dictionary(assignment.checks.map { ($0.check.name, $0) }) { first, _ in first }
            state.schedule.replace(state.planned.mapValues(\.check.interval), at: now)
        }
        batching.flush(every: assignment.flushInterval)
        batching.take(news)
        batching.restateSoon()
        paths?.adopt(assignment.checks.map(\.check))
        status.adopted(assignment)
        bell.ring()
    }

    package func run() async {
        await withGracefulShutdownHandler {
            await withTaskExecutorPreference(executor) { await self.measure() }
        } onGracefulShutdown: {
            self.bell.close()
        }
    }

    private func measure() async {
        await withDiscardingTaskGroup { group in
            var ongoing = Ongoing()
            while !bell.isClosed, !Task.isCancelled {
                // Answers before alarms: what was answered in time is not overdue because this looks late.
                for event in askers.answers() { handle(event, &ongoing, &group) }
                let now = time.monotonic
                while let event = ongoing.alarm(at: now) { handle(event, &ongoing, &group) }
                let due = begin(&ongoing, &group)
                await time.rest()
                await bell.wait(until: [due, ongoing.next].compactMap(\.self).min(), time)
            }
            // Whatever is still being asked is answered by silence: a cancelled run is no observation.
            askers.close()
            group.cancelAll()
        }
    }

    /// Begins the runs that are due; when the next one is, nil when every place is taken: an answer rings.
    private func begin(_ ongoing: inout Ongoing, _ group: inout DiscardingTaskGroup) -> ContinuousClock.Instant? {
        let (now, free) = (time.monotonic, concurrency - askers.busy)
        let (runs, next, skipped, missed) = state.withLock { state in
            let due = state.schedule.due(at: now, atMost: free)
            let runs = due.compactMap { run in state.planned[run.name].map { (run, $0) } }
            let missed = state.schedule.missed - state.missedSaid
            state.missedSaid = state.schedule.missed
            return (runs, due.count < free ? state.schedule.next : nil, state.schedule.skipped, missed)
        }
        status.skipped(skipped)
        if missed > 0 {
            log.warning("runs came too late and wait for their next turn", metadata: ["runs": "\(missed)"])
        }
        for (run, planned) in runs {
            let manner = beliefs.manner(of: planned.check)
            var entry = ongoing.begin(run, planned, overlapping: manner.overlaps, patience: manner.patience)
            ask(&entry, &ongoing, &group)
            ongoing.put(entry)
        }
        return next
    }

    /// Asks once more, and watches that ask.
    private func ask(_ entry: inout Ongoing.Entry, _ ongoing: inout Ongoing, _ group: inout DiscardingTaskGroup) {
        let ask = Ask(run: entry.id, number: entry.inquiry.ask(), asked: time.wall, began: time.monotonic)
        let timeout = entry.planned.check.timeout
        askers.ask(ask, entry.planned.question, until: ask.began + timeout, in: &group)
        if let patience = entry.patience, patience < timeout {
            ongoing.alarm(.overdue(ask), at: ask.began + patience)
        } else {
            ongoing.alarm(.overran(ask), at: ask.began + timeout + Self.grace)
        }
    }

    private func handle(_ event: RunEvent, _ ongoing: inout Ongoing, _ group: inout DiscardingTaskGroup) {
        guard var entry = ongoing.take(event.run) else { return }
        if let pause = pause(after: event, &entry, &ongoing, &group) {
            ongoing.alarm(.pauseOver(entry.id), at: time.monotonic + pause)
        }
        if entry.inquiry.isOver {
            state.withLock { $0.schedule.finished(entry.run) }
        } else {
            ongoing.put(entry)
        }
    }

    /// What follows from an event; the pause that is made now.
    private func pause(
        after event: RunEvent, _ entry: inout Ongoing.Entry, _ ongoing: inout Ongoing,
        _ group: inout DiscardingTaskGroup
    ) -> Duration? {
        let check = entry.planned.check
        let decision: Belief.Decision?
        switch event {
        case .pauseOver:
            guard entry.inquiry.pauseEnds() else { return nil }
            ask(&entry, &ongoing, &group)
            return entry.inquiry.nextPause()
        case .overdue(let ask):
            guard entry.inquiry.isOverdue(ask.number) else { return nil }
            ongoing.alarm(.overran(ask), at: ask.began + check.timeout + Self.grace)
            decision = overdue(ask, of: check)
        case .answered(let ask, let took, let answer):
            guard entry.inquiry.isOpen(ask.number) else { return nil }
            decision = take(answer, to: ask, of: check, took: took, &entry.inquiry)
        case .overran(let ask):
            guard entry.inquiry.isOpen(ask.number) else { return nil }
            let reason = Reason("overran", expected: "an answer in \(check.timeout.inSeconds) s")
            decision = take(
                Answer(.unknown(reason)), to: ask, of: check, took: time.monotonic - ask.began, &entry.inquiry)
        }
        let pause = entry.inquiry.heed(decision?.pause)
        if pause != nil { state.withLock { $0.schedule.confirming(entry.run) } }
        return pause
    }

    private func overdue(_ ask: Ask, of check: Check) -> Belief.Decision? {
        let decision = beliefs.overdue(check, asked: ask.asked, at: ask.asked + (time.monotonic - ask.began))
        if let change = decision?.change {
            batching.take([change])
            paths?.notice(change)
        }
        return decision
    }

    /// Hands an answer on; what it leads to, nil when the check is no longer asked.
    private func take(
        _ answer: Answer, to ask: Ask, of check: Check, took: Duration, _ inquiry: inout Inquiry
    ) -> Belief.Decision? {
        let wasOverdue = inquiry.end(ask.number)
        let outcome = answer.outcome.clippedForWire
        let reply = Reply(
            asked: ask.asked, took: took, outcome: outcome, roundTrip: answer.roundTrip,
            isScheduled: inquiry.isScheduled(ask.number), wasOverdue: wasOverdue)
        guard let decision = beliefs.apply(reply, of: check) else { return nil }
        let observation = Observation(
            check: check.name, time: ask.asked, duration: took, outcome: outcome,
            readings: answer.readings.filter {
                !$0.metric.text.isEmpty && $0.metric.text.utf8.count <= Limits.textBytes
            })
        if !answer.facts.isEmpty {
            batching.take(
                FactSheet(
                    asset: String(check.name.asset), source: String(check.name.part), seen: ask.asked,
                    facts: answer.facts))
        }
        batching.take(observation, decision.change)
        if let change = decision.change { paths?.notice(change) }
        return decision
    }
}
