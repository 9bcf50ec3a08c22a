package import Logging
internal import ProbeKit
internal import ServiceLifecycle
internal import Synchronization
internal import Vocabulary
internal import Wire

/// Runs the checks that are due, a bounded number at once, and hands on what they answer.
///
/// Each question is asked on its engine's thread (`Question.executor`); everything else, which takes microseconds, runs
/// on `executor`.
package final class Measuring: Service {
    /// How long a probe may overstay its deadline before it is cancelled; a sound one never does.
    private static let grace = Duration.milliseconds(500)

    private struct State {
        var schedule: Schedule
        var planned: [CheckName: Assignment.Planned] = [:]
        var running = 0
        var missedSaid: UInt64 = 0
    }

    private let state: Mutex<State>
    private let bell = Bell()
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
            while !bell.isClosed, !Task.isCancelled {
                let (runs, next) = take()
                for (run, planned) in runs {
                    group.addTask { await self.perform(run, planned) }
                }
                await bell.wait(until: next, time)
            }
            // Whatever is still being asked is answered by silence: a cancelled run is no observation.
            group.cancelAll()
        }
    }

    /// The runs to start now, and when to look again; nil when every place is taken: a finished run rings.
    private func take() -> (runs: [(Schedule.Run, Assignment.Planned)], next: ContinuousClock.Instant?) {
        let now = time.monotonic
        let (runs, next, skipped, missed) = state.withLock { state in
            let due = state.schedule.due(at: now, atMost: concurrency - state.running)
            let runs = due.compactMap { run in state.planned[run.name].map { (run, $0) } }
            state.running += runs.count
            let missed = state.schedule.missed - state.missedSaid
            state.missedSaid = state.schedule.missed
            return (runs, state.running < concurrency ? state.schedule.next : nil, state.schedule.skipped, missed)
        }
        status.skipped(skipped)
        if missed > 0 {
            log.warning("runs came too late and wait for their next turn", metadata: ["runs": "\(missed)"])
        }
        return (runs, next)
    }

    /// One ask of a run: its number, and when it began by both clocks.
    private struct Ask: Sendable {
        var number: Int
        var asked: Instant
        var began: ContinuousClock.Instant
    }

    private enum Event: Sendable {
        case answered(Ask, Duration, Answer)
        case overdue(Ask)
        /// The probe broke its word: it did not answer in its time.
        case overran(Ask)
        case pauseOver
    }

    private typealias Events = TaskGroup<Event>

    /// One scheduled run with the burst that may follow from it.
    private func perform(_ run: Schedule.Run, _ planned: Assignment.Planned) async {
        let check = planned.check
        let manner = beliefs.manner(of: check)
        var inquiry = Inquiry(overlapping: manner.overlaps)
        await withTaskGroup(of: Event.self) { group in
            begin(&inquiry, planned, manner.patience, &group)
            while !inquiry.isOver, let event = await group.next(), !Task.isCancelled {
                let decision: Belief.Decision?
                switch event {
                case .pauseOver:
                    guard inquiry.pauseEnds() else { continue }
                    begin(&inquiry, planned, manner.patience, &group)
                    if let pause = inquiry.nextPause() { wait(pause, &group) }
                    continue
                case .overdue(let ask):
                    guard inquiry.isOverdue(ask.number) else { continue }
                    watch(ask, until: ask.began + check.timeout + Self.grace, &group)
                    decision = overdue(ask, of: check)
                case .answered(let ask, let took, let answer):
                    guard inquiry.isOpen(ask.number) else { continue }
                    decision = take(answer, to: ask, of: check, took: took, &inquiry)
                case .overran(let ask):
                    guard inquiry.isOpen(ask.number) else { continue }
                    let reason = Reason("overran", expected: "an answer in \(check.timeout.inSeconds) s")
                    decision = take(
                        Answer(.unknown(reason)), to: ask, of: check, took: time.monotonic - ask.began, &inquiry)
                }
                if let pause = inquiry.heed(decision?.pause) {
                    state.withLock { $0.schedule.confirming(run) }
                    wait(pause, &group)
                }
            }
            // Timers that nobody waits for, and a probe that overran.
            group.cancelAll()
        }
        let wasFull = state.withLock { state in
            defer { state.running -= 1 }
            state.schedule.finished(run)
            return state.running >= concurrency
        }
        // Otherwise the loop has not waited for this: it knows when the next run is due.
        if wasFull { bell.ring() }
    }

    /// Asks once more, and watches that ask.
    private func begin(
        _ inquiry: inout Inquiry, _ planned: Assignment.Planned, _ patience: Duration?, _ group: inout Events
    ) {
        let time = time
        let ask = Ask(number: inquiry.ask(), asked: time.wall, began: time.monotonic)
        let deadline = ask.began + planned.check.timeout
        group.addTask(executorPreference: planned.question.executor) {
            let answer = await planned.question.ask(deadline)
            return .answered(ask, time.monotonic - ask.began, answer)
        }
        if let patience, patience < planned.check.timeout {
            group.addTask {
                await time.sleep(until: ask.began + patience)
                return .overdue(ask)
            }
        } else {
            watch(ask, until: deadline + Self.grace, &group)
        }
    }

    private func watch(_ ask: Ask, until end: ContinuousClock.Instant, _ group: inout Events) {
        let time = time
        group.addTask {
            await time.sleep(until: end)
            return .overran(ask)
        }
    }

    private func wait(_ pause: Duration, _ group: inout Events) {
        let (time, end) = (time, time.monotonic + pause)
        group.addTask {
            await time.sleep(until: end)
            return .pauseOver
        }
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
