import Synchronization

/// A value that one task waits for and another thread brings, once; bringing it again changes nothing.
final class Pending<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case empty
        case awaited(CheckedContinuation<Value, Never>)
        case brought(Value)
        case taken
    }

    private let state = Mutex(State.empty)

    /// Nobody needs to bring the value any more.
    var isSettled: Bool {
        state.withLock { state in
            switch state {
            case .empty, .awaited: false
            case .brought, .taken: true
            }
        }
    }

    func bring(_ value: Value) {
        let waiting: CheckedContinuation<Value, Never>? = state.withLock { state in
            switch state {
            case .empty:
                state = .brought(value)
                return nil
            case .awaited(let continuation):
                state = .taken
                return continuation
            case .brought, .taken:
                return nil
            }
        }
        waiting?.resume(returning: value)
    }

    /// The value, as soon as it is there; for one caller.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let early: Value? = state.withLock { state in
                guard case .brought(let value) = state else {
                    state = .awaited(continuation)
                    return nil
                }
                state = .taken
                return value
            }
            if let early { continuation.resume(returning: early) }
        }
    }
}
