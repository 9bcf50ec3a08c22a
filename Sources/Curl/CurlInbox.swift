internal import CCurl
import Captures
import Synchronization

/// What tasks ask of the engine's thread, and the only thing that they share with it: transfers, and jobs of those that
/// prefer to run there.
final class CurlInbox: TaskExecutor {
    struct Start: Sendable {
        let number: UInt64
        let transfer: Transfer
        /// Who wants to know what goes over the wire.
        let capture: Capture?
        let continuation: CheckedContinuation<Result<TransferResult, TransferError>, Never>
    }

    struct Orders {
        var starts: [Start] = []
        /// Since the last orders; some may never have been started.
        var cancelled: Set<UInt64> = []
        var isClosing = false

        var isEmpty: Bool { starts.isEmpty && cancelled.isEmpty && !isClosing }
    }

    private struct State {
        var orders = Orders()
        var jobs: [UnownedJob] = []
        /// The thread has taken its last look.
        var isClosed = false
        /// Those whose task has no answer yet: a start may still come.
        var cancelled: Set<UInt64> = []
        var next: UInt64 = 0
        /// The thread waits for the network, or is about to, and knows of no order that is not carried out.
        var isWaiting = false
        /// nil once closed; ringing happens under the lock, so never at a number that belongs to somebody else by then.
        var waiting: Waiting?

        /// Once for all orders of one sleep: a wake-up is a write to a descriptor and a read from it.
        mutating func wake() {
            guard isWaiting else { return }
            isWaiting = false
            waiting?.ring()
        }
    }

    let multi: MultiHandle
    let waiting: Waiting
    private let state: Mutex<State>

    init(_ multi: MultiHandle, _ waiting: Waiting) {
        self.multi = multi
        self.waiting = waiting
        state = Mutex(State(waiting: waiting))
    }

    func number() -> UInt64 {
        state.withLock { state in
            state.next &+= 1
            return state.next
        }
    }

    func start(_ start: Start) {
        let refusal: TransferError? = state.withLock { state in
            if state.orders.isClosing { return .engineClosed }
            if state.cancelled.contains(start.number) { return .taskCancelled }
            state.orders.starts.append(start)
            state.wake()
            return nil
        }
        if let refusal { start.continuation.resume(returning: .failure(refusal)) }
    }

    /// May come before `start`: then that finds the number here.
    func cancel(_ number: UInt64) {
        state.withLock { state in
            state.cancelled.insert(number)
            state.orders.cancelled.insert(number)
            state.wake()
        }
    }

    /// Its task has its answer: no cancellation can come any more.
    func forget(_ number: UInt64) {
        state.withLock { state in
            if !state.cancelled.isEmpty { state.cancelled.remove(number) }
        }
    }

    /// Whether this call was the first.
    func close() -> Bool {
        state.withLock { state in
            guard !state.orders.isClosing else { return false }
            state.orders.isClosing = true
            state.wake()
            return true
        }
    }

    /// Only when the thread has ended.
    func free() {
        state.withLock { state in
            guard state.waiting != nil else { return }
            state.waiting = nil
            multi.free()
            waiting.close()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isTaken = state.withLock { state in
            guard !state.isClosed else { return false }
            state.jobs.append(job)
            state.wake()
            return true
        }
        // The thread has ended, the task has not.
        if !isTaken { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    }

    /// For the thread: runs the jobs that have come, in `jobs` which is empty before and after; what has been asked since
    /// the last call. It waits no longer.
    func take(_ jobs: inout [UnownedJob]) -> Orders {
        let isLast = state.withLock { state in
            state.isWaiting = false
            state.isClosed = state.orders.isClosing
            swap(&state.jobs, &jobs)
            return state.isClosed
        }
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
        jobs.removeAll(keepingCapacity: true)
        return state.withLock { state in
            var orders = state.orders
            orders.isClosing = isLast
            state.orders.starts = []
            state.orders.cancelled = []
            return orders
        }
    }

    /// For the thread, before it waits: whether nothing has been asked meanwhile. Whatever comes from then on wakes it.
    func beginWait() -> Bool {
        state.withLock { state in
            state.isWaiting = state.orders.isEmpty && state.jobs.isEmpty
            return state.isWaiting
        }
    }
}

/// libcurl's multi handle.
///
/// Sendable because: the engine's thread alone uses it, and it is freed only after that was joined.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init(_ pointer: UnsafeMutableRawPointer) {
        self.pointer = pointer
    }

    func free() {
        curl_multi_cleanup(pointer)
    }
}

extension TransferError {
    static let engineClosed = TransferError(.closed, message: "the engine was closed")
    static let taskCancelled = TransferError(.cancelled, message: "cancelled")
}
