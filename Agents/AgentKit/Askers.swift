internal import ProbeKit
internal import Synchronization

/// Tasks that ask one question after the other, as many as there are questions on their way at a time.
///
/// A task for each question would be made, taken into its group and out of it again thousands of times a second, and a
/// group looks for whom it lets go through all that are still in it: those whom nobody answers stay for seconds.
final class Askers: Sendable {
    private struct Order: Sendable {
        var ask: Ask
        var question: Question
        var deadline: ContinuousClock.Instant
    }

    private struct State {
        /// Those that wait for a question, the last that came first; by the thread they run on, nil for the program's own.
        var idle: [ObjectIdentifier?: [CheckedContinuation<Order?, Never>]] = [:]
        var idleCount = 0
        var answers: [RunEvent] = []
        var busy = 0
        var isClosed = false
    }

    /// As many may wait although there are never so many questions at a time.
    private static let fewest = 64

    private let state = Mutex(State())
    private let bell: Bell
    private let grace: Duration
    private let time: any Timekeeper

    /// - Parameters:
    ///   - bell: rung when there is an answer.
    ///   - grace: how long a probe may overstay its deadline before it is cancelled, where it can be.
    init(ringing bell: Bell, grace: Duration, time: any Timekeeper) {
        self.bell = bell
        self.grace = grace
        self.time = time
    }

    /// How many questions are on their way.
    var busy: Int { state.withLock { $0.busy } }

    /// The answers that have come since.
    func answers() -> [RunEvent] {
        var answers: [RunEvent] = []
        state.withLock { swap(&$0.answers, &answers) }
        return answers
    }

    /// Has a question asked by somebody who waits for one, or by a new task of the group.
    func ask(
        _ ask: Ask, _ question: Question, until deadline: ContinuousClock.Instant, in group: inout DiscardingTaskGroup
    ) {
        let order = Order(ask: ask, question: question, deadline: deadline)
        let executor = question.executor
        let place = executor.map { ObjectIdentifier($0) }
        let asker = state.withLock { state in
            state.busy += 1
            guard let asker = state.idle[place]?.popLast() else { return nil as CheckedContinuation<Order?, Never>? }
            state.idleCount -= 1
            return asker
        }
        if let asker {
            asker.resume(returning: order)
        } else {
            group.addTask(executorPreference: executor ?? globalConcurrentExecutor) { await self.work(order, place) }
        }
    }

    /// Nobody waits for questions any more.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [:] }
            return state.idle.values.flatMap { $0 }
        }
        for asker in idle { asker.resume(returning: nil) }
    }

    private func work(_ first: Order, _ place: ObjectIdentifier?) async {
        var order = first
        while true {
            let answer =
                place == nil
                ? await cancellable(order) : await order.question.ask(order.deadline)
            let took = time.monotonic - order.ask.began
            // What somebody says who was told to stop is no observation.
            let event = Task.isCancelled ? nil : answer.map { RunEvent.answered(order.ask, took: took, $0) }
            state.withLock { state in
                state.busy -= 1
                if let event { state.answers.append(event) }
            }
            bell.ring()
            guard let next = await next(place) else { return }
            order = next
        }
    }

    /// Asks, and cancels what does not end in time; nil when it had to. For what runs on no engine's thread: there it is the
    /// engine that ends a question, and nobody could do it otherwise.
    private func cancellable(_ order: Order) async -> Answer? {
        let (time, end) = (time, order.deadline + grace)
        return await withTaskGroup(of: Answer?.self) { group in
            group.addTask { await order.question.ask(order.deadline) }
            group.addTask {
                await time.sleep(until: end)
                return nil
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? nil
        }
    }

    private func next(_ place: ObjectIdentifier?) async -> Order? {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard !state.isClosed, state.idleCount < max(Self.fewest, state.busy) else { return true }
                state.idle[place, default: []].append(continuation)
                state.idleCount += 1
                return false
            }
            if isOver { continuation.resume(returning: nil) }
        }
    }
}
