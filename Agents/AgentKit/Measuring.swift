package import Logging
internal import ProbeKit
internal import ServiceLifecycle
internal import Synchronization
internal import Vocabulary
internal import Wire

/// Runs the checks that are due, a bounded number at once, and hands on what they answer.
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
    private let status: AgentStatus
    private let concurrency: Int
    private let time: any Timekeeper
    private let log: Logger

    package init(
        beliefs: Beliefs, batching: Batching, status: AgentStatus, concurrency: Int = 512, time: any Timekeeper,
        log: Logger
    ) {
        self.beliefs = beliefs
        self.batching = batching
        self.status = status
        self.concurrency = max(1, concurrency)
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
        status.adopted(assignment)
        bell.ring()
    }

    package func run() async {
        await withGracefulShutdownHandler {
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
        } onGracefulShutdown: {
            self.bell.close()
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

    /// One scheduled run with the burst that may follow from it.
    private func perform(_ run: Schedule.Run, _ planned: Assignment.Planned) async {
        var pause: Duration? = await askOnce(planned)
        if pause != nil { state.withLock { $0.schedule.confirming(run) } }
        while let spacing = pause, !Task.isCancelled {
            await time.sleep(until: time.monotonic + spacing)
            pause = Task.isCancelled ? nil : await askOnce(planned)
        }
        let wasFull = state.withLock { state in
            defer { state.running -= 1 }
            state.schedule.finished(run)
            return state.running >= concurrency
        }
        // Otherwise the loop has not waited for this: it knows when the next run is due.
        if wasFull { bell.ring() }
    }

    /// Asks, hands the answer on, and returns the pause after which to ask again, if any.
    private func askOnce(_ planned: Assignment.Planned) async -> Duration? {
        let check = planned.check
        let wall = time.wall
        let began = time.monotonic
        let answer = await ask(planned, until: began + check.timeout)
        guard !Task.isCancelled else { return nil }
        let outcome = answer.outcome.clippedForWire
        guard let decision = beliefs.apply(outcome, of: check, at: wall) else { return nil }
        let observation = Observation(
            check: check.name, time: wall, duration: time.monotonic - began, outcome: outcome,
            readings: answer.readings.filter {
                !$0.metric.text.isEmpty && $0.metric.text.utf8.count <= Limits.textBytes
            })
        if !answer.facts.isEmpty {
            batching.take(
                FactSheet(
                    asset: String(check.name.asset), source: String(check.name.part), seen: wall, facts: answer.facts))
        }
        switch decision {
        case .wait:
            batching.take(observation, nil)
            return nil
        case .changed(let change):
            batching.take(observation, change)
            return nil
        case .askAgain(let spacing):
            batching.take(observation, nil)
            return spacing
        }
    }

    /// The probe's answer; one that does not come in time is `unknown`, for the probe broke its word, not the target.
    private func ask(_ planned: Assignment.Planned, until deadline: ContinuousClock.Instant) async -> Answer {
        let time = time
        return await withTaskGroup(of: Answer?.self) { group in
            group.addTask { await planned.question.ask(deadline) }
            group.addTask {
                await time.sleep(until: deadline + Self.grace)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
                ?? Answer(.unknown(Reason("overran", expected: "an answer in \(planned.check.timeout.inSeconds) s")))
        }
    }
}
