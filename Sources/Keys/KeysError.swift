internal import COpenSSL

/// What could not be done with keys or certificates: the attempted operation and why it failed.
package struct KeysError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, e.g. `read certificate`.
    package var operation: String
    /// Why it failed, in our own words or in libcrypto's.
    package var reason: String

    package init(_ operation: String, _ reason: String) {
        self.operation = operation
        self.reason = reason
    }

    package var description: String { "cannot \(operation): \(reason)" }

    /// Takes everything out of this thread's error queue, the most specific reason first.
    static func drained(_ operation: String) -> KeysError {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { break }
            let known = ERR_reason_error_string(code).map { String(cString: $0) }
            let reason = known ?? "libcrypto error \(code)"
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        return KeysError(operation, reasons.isEmpty ? "libcrypto gave no reason" : reasons.joined(separator: "; "))
    }
}

/// Calls libcrypto for an object; nil becomes an error. The queue is emptied first: others in this thread leave dregs.
func attempt(_ operation: String, _ call: @autoclosure () -> OpaquePointer?) throws(KeysError) -> OpaquePointer {
    clearDregs()
    guard let made = call() else { throw .drained(operation) }
    return made
}

/// Calls libcrypto for an effect; a result of zero or less becomes an error.
func attempt(_ operation: String, _ call: @autoclosure () -> Int32) throws(KeysError) {
    clearDregs()
    guard call() > 0 else { throw .drained(operation) }
}

/// Takes out of this thread's error queue what others left there. Emptying an empty one costs more than looking:
/// libcrypto wipes each of its places.
func clearDregs() {
    if ERR_peek_error() != 0 { ERR_clear_error() }
}
