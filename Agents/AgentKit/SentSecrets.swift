internal import Synchronization

/// The secrets that came with the assignment, by name: in memory, and only those that this agent's checks need.
package final class SentSecrets: Sendable {
    private let values = Mutex<[String: String]>([:])

    package init() {}

    /// The text of one line or more; nil when none of that name came.
    package func value(of name: String) -> String? {
        values.withLock { $0[name] }
    }

    /// Puts these in the place of those before.
    package func replace(with secrets: [String: String]) {
        values.withLock { $0 = secrets }
    }
}
