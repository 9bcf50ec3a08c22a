internal import Glibc

/// Why systemd did not tell its failed units.
package enum UnitsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A system call failed: which, and its `errno`.
    case system(String, Int32)
    /// The bus does not let us in, or not ask.
    case refused(String)
    case malformed(String)
    case closed
    case late

    package var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .refused(let words): "refused: \(words)"
        case .malformed(let place): "malformed answer: \(place)"
        case .closed: "the bus closed the connection"
        case .late: "no answer in time"
        }
    }
}
