/// Waits for descriptors and deadlines on one thread of its own, however many tasks wait.
///
/// Readiness is a hint: try the call, and wait again on `EAGAIN`. Give a descriptor back to the system only when
/// nothing waits for it. Closing wakes everybody with `.closed` and joins the thread.
package final class Poller: Sendable {
    package enum Interest: Hashable, Sendable {
        case readable
        case writable
    }

    /// Why a wait ended.
    package enum Wake: Hashable, Sendable {
        case ready
        case expired
        /// The waiting task was cancelled.
        case cancelled
        /// The poller was closed.
        case closed
        /// The system cannot watch this descriptor.
        case refused(SystemError)
    }

    private let loop: PollerLoop
    private let thread: BackgroundThread

    package init() throws(SystemError) {
        let loop = try PollerLoop()
        self.loop = loop
        thread = try BackgroundThread("poller") { loop.run() }
    }

    deinit {
        close()
    }

    /// Waits until the descriptor can be read or written (or reports an error or its end), or the deadline has come.
    package func wait(
        for interest: Interest, of descriptor: borrowing Descriptor, until deadline: ContinuousClock.Instant
    ) async -> Wake {
        await wait(.init(descriptor: descriptor.number, interest: interest), until: deadline)
    }

    /// Waits for the deadline alone; `.expired` when it has come.
    package func sleep(until deadline: ContinuousClock.Instant) async -> Wake {
        await wait(nil, until: deadline)
    }

    /// Where a task that mostly waits here is best run: nothing of it goes from thread to thread. It must not block there,
    /// nor work longer than microseconds at a time.
    package var executor: any TaskExecutor { loop.inbox }

    /// Wakes everybody and ends the thread; harmless the second time.
    package func close() {
        guard loop.stop() else { return }
        if thread.isCurrent { thread.detach() } else { thread.join() }
    }

    /// Calls `body` once, on the poller's thread or on the caller's; it must not block.
    @discardableResult
    func watch(
        _ subject: PollerLoop.Subject?, until deadline: ContinuousClock.Instant,
        _ body: @escaping @Sendable (Wake) -> Void
    ) -> PollerLoop.Token? {
        loop.add(subject, until: deadline, body)
    }

    /// Ends a watch with `.cancelled`, unless it has ended.
    func cancel(_ token: PollerLoop.Token) {
        loop.cancel(token)
    }

    private func wait(_ subject: PollerLoop.Subject?, until deadline: ContinuousClock.Instant) async -> Wake {
        let pending = Pending<Wake>()
        let token = watch(subject, until: deadline) { pending.bring($0) }
        return await withTaskCancellationHandler {
            await pending.value()
        } onCancel: {
            if let token { loop.cancel(token) }
        }
    }
}
