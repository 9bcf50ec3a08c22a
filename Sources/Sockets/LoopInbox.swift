import Synchronization

/// What is left for an engine's thread: commands, and the jobs of tasks that prefer to run there.
///
/// A task that runs on the thread that brings its answers is not handed from thread to thread, which costs more than
/// most probes do. What runs there must be quick: everybody else's packets wait for it.
///
/// `take`, `sleep` and `awake` are the thread's own: when it looks, when it is about to wait, and when it has waited.
package final class LoopInbox<Command: Sendable>: TaskExecutor {
    private struct State: Sendable {
        var commands: [Command] = []
        var jobs: [UnownedJob] = []
        var isStopped = false
        /// The thread waits, or is about to, and has to be woken.
        var isAsleep = false
        /// The thread has taken its last look.
        var isClosed = false
    }

    private let bell: Doorbell
    private let state = Mutex(State())

    package init() throws(SystemError) {
        bell = try Doorbell()
    }

    /// What the thread waits on besides its sockets: readable when something has come.
    package var number: Int32 { bell.number }

    /// False once the thread has taken its last look: nobody will take the command.
    package func put(_ command: Command) -> Bool {
        let (isTaken, mustRing) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.commands.append(command)
            return (true, Self.wakes(&state))
        }
        if mustRing { bell.ring() }
        return isTaken
    }

    /// Wakes the thread, so that it looks at what lies elsewhere.
    package func ring() {
        if state.withLock({ Self.wakes(&$0) }) { bell.ring() }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (isTaken, mustRing) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.jobs.append(job)
            return (true, Self.wakes(&state))
        }
        if mustRing { bell.ring() }
        // The thread has ended, the task has not.
        if !isTaken { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    }

    /// False when it was stopped before.
    package func stop() -> Bool {
        let (isFirst, mustRing) = state.withLock { state in
            guard !state.isStopped else { return (false, false) }
            state.isStopped = true
            return (true, Self.wakes(&state))
        }
        if mustRing { bell.ring() }
        return isFirst
    }

    /// Runs the jobs that have come, then puts the commands that are there into `commands`, which it empties first. False
    /// at the last look, after `stop`: nothing is taken in any more.
    package func take(_ commands: inout [Command], _ jobs: inout [UnownedJob]) -> Bool {
        let isLast = state.withLock { state in
            state.isAsleep = false
            state.isClosed = state.isStopped
            swap(&state.jobs, &jobs)
            return state.isClosed
        }
        for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
        jobs.removeAll(keepingCapacity: true)
        commands.removeAll(keepingCapacity: true)
        state.withLock { swap(&$0.commands, &commands) }
        return !isLast
    }

    /// Whether the thread may wait: then whoever comes next rings.
    package func sleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.commands.isEmpty && state.jobs.isEmpty && !state.isStopped
            return state.isAsleep
        }
    }

    /// The thread has waited: nobody has to ring until it sleeps again.
    package func awake(ringing: Bool) {
        state.withLock { $0.isAsleep = false }
        if ringing { bell.hush() }
    }

    private static func wakes(_ state: inout State) -> Bool {
        defer { state.isAsleep = false }
        return state.isAsleep
    }
}
