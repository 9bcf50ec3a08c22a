import Synchronization

/// A value that one task waits for and another thread brings, once; bringing it again changes nothing.
package final class Pending<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case empty
        case awaited(UnsafeContinuation<Value, Never>)
        case brought(Value)
        case taken
    }

    private let state = Mutex(State.empty)

    package init() {}

    /// Nobody needs to bring the value any more.
    package var isSettled: Bool {
        state.withLock { state in
            switch state {
            case .empty, .awaited: false
            case .brought, .taken: true
            }
        }
    }

    /// Whether it was the first.
    @discardableResult
    package func bring(_ value: Value) -> Bool {
        let (isFirst, waiting) = state.withLock { state -> (Bool, UnsafeContinuation<Value, Never>?) in
            switch state {
            case .empty:
                state = .brought(value)
                return (true, nil)
            case .awaited(let continuation):
                state = .taken
                return (true, continuation)
            case .brought, .taken:
                return (false, nil)
            }
        }
        waiting?.resume(returning: value)
        return isFirst
    }

    /// The value, as soon as it is there; for one caller.
    package func value() async -> Value {
        // Unchecked: a state is left once, which is all that could be checked, and each check is an allocation.
        await withUnsafeContinuation { continuation in
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
