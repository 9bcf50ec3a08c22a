import Sockets
import Synchronization

/// How many may run at a time; the others wait, first come first served.
final class Places: Sendable {
    private struct State: Sendable {
        var free: Int
        var waiting: [Pending<Bool>] = []
    }

    private let state: Mutex<State>
    private let poller: Poller

    init(_ count: Int, poller: Poller) {
        state = Mutex(State(free: max(1, count)))
        self.poller = poller
    }

    /// Whether there was one before the deadline; then `leave` gives it back.
    func enter(until deadline: ContinuousClock.Instant) async -> Bool {
        let pending = state.withLock { state -> Pending<Bool>? in
            guard state.free == 0 else {
                state.free -= 1
                return nil
            }
            let pending = Pending<Bool>()
            state.waiting.append(pending)
            return pending
        }
        guard let pending else { return true }
        return await withTaskGroup(of: Void.self, returning: Bool.self) { [poller] group in
            group.addTask {
                // Ends when the time is over, and when nobody waits any more.
                _ = await poller.sleep(until: deadline)
                pending.bring(false)
            }
            let hasPlace = await pending.value()
            group.cancelAll()
            if !hasPlace { state.withLock { state in state.waiting.removeAll { $0 === pending } } }
            return hasPlace
        }
    }

    func leave() {
        while true {
            let next = state.withLock { state -> Pending<Bool>? in
                guard !state.waiting.isEmpty else {
                    state.free += 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
            // Who has given up meanwhile takes no place.
            guard let next, !next.bring(true) else { return }
        }
    }
}
