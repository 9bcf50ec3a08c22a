import AgentKit
import Synchronization
import Vocabulary

/// Clocks that move when a test says so.
final class ManualTime: Timekeeper {
    private struct State {
        var wall = Instant(seconds: 1_700_000_000)
        var monotonic = ContinuousClock.now
        var sleepers: [Int: (deadline: ContinuousClock.Instant, continuation: CheckedContinuation<Void, Never>)] = [:]
        var lastID = 0
    }

    private let state = Mutex(State())

    var wall: Instant { state.withLock { $0.wall } }
    var monotonic: ContinuousClock.Instant { state.withLock { $0.monotonic } }

    func sleep(until deadline: ContinuousClock.Instant) async {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || deadline <= state.monotonic { return true }
                    state.sleepers[id] = (deadline, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume()
        }
    }

    func advance(by span: Duration) {
        let woken = state.withLock { state in
            state.monotonic += span
            state.wall = state.wall + span
            let now = state.monotonic
            let due = state.sleepers.filter { $0.value.deadline <= now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    func jumpWall(by span: Duration) {
        state.withLock { $0.wall = $0.wall + span }
    }
}
