internal import Synchronization

/// Wakes one waiting loop: when rung, when its time has come, or for good when closed.
///
/// A ring while nobody waits is kept, and any number of rings is one: what there is to do lies with whoever rang,
/// so nothing can be lost here.
package final class Bell: Sendable {
    private struct State {
        var isRung = false
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package var isClosed: Bool { state.withLock { $0.isClosed } }

    package func ring() {
        wake { $0.isRung = $0.waiter == nil }
    }

    /// From now on nobody waits here any more.
    package func close() {
        wake { $0.isClosed = true }
    }

    /// Waits for a ring, at most until `deadline`; one loop at a time.
    package func wait(until deadline: ContinuousClock.Instant?, _ time: any Timekeeper) async {
        guard let deadline else { return await ringing() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await time.sleep(until: deadline) }
            group.addTask { await self.ringing() }
            await group.next()
            group.cancelAll()
        }
    }

    private func ringing() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // A cancelled wait leaves the ring for the next one.
                    if Task.isCancelled { return true }
                    if state.isRung || state.isClosed {
                        state.isRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wake { _ in }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
