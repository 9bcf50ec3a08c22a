/// How large an IP packet passes whole to a host, and what came of larger ones.
package struct PathMTU: Hashable, Sendable {
    /// Why larger packets do not pass.
    package enum Limit: Hashable, Sendable {
        /// None that was asked for is too large.
        case none
        /// Somebody says so: a router, or nobody else than this machine where `reporter` is nil.
        case told(by: SocketAddress?)
        /// They vanish: a router that drops them without a word, or whose word does not get here (RFC 2923 §2.1).
        case silence
    }

    /// Bytes; the largest that passed.
    package var bytes: Int
    package var limit: Limit

    package init(bytes: Int, limit: Limit) {
        self.bytes = bytes
        self.limit = limit
    }

    /// What of larger ones, to follow a number of bytes; empty where none was asked for. Pages know these phrases.
    package var ofLargerOnes: String {
        switch limit {
        case .none: ""
        case .told(let reporter?): ", says \(reporter.literal)"
        case .told(nil): ", says this machine"
        case .silence: ", larger ones vanish"
        }
    }
}
