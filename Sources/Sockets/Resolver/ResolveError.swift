package import Vocabulary

/// Why a name has no address.
package enum ResolveError: Error, Hashable, Sendable {
    /// No such name, or none with an address of the family asked for; in the resolver's words.
    case notFound(String)
    /// The resolver did not answer, or refused; in its words.
    case failed(String)
    case timedOut
    /// All threads hang in earlier questions, and the queue is full.
    case busy
    case cancelled

    /// The reason of an outcome `unknown`: without an address the target was never asked.
    package var reason: Reason {
        switch self {
        case .notFound(let words): Reason("name-not-found", step: "resolve", got: words)
        case .failed(let words): Reason("resolver-failed", step: "resolve", got: words)
        case .timedOut: Reason("resolver-timeout", step: "resolve", expected: "an answer before the deadline")
        case .busy: Reason("resolver-busy", step: "resolve", got: "earlier questions hang")
        case .cancelled: Reason("cancelled", step: "resolve")
        }
    }
}
