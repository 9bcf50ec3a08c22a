/// A way to a receiver.
package protocol Channel: Sendable {
    /// Tries once; never throws, and says whether trying again can help.
    func send(_ notification: Notification) async -> Delivery
}

/// How one attempt ended.
package enum Delivery: Hashable, Sendable {
    case delivered
    /// By the route's second channel; `how` says which, and what was wrong with the first.
    case deliveredInstead(how: String)
    /// Trying again can help; not before the span, where the receiver named one.
    case retry(problem: String, after: Duration?)
    /// No retry will help: somebody has to change something.
    case refused(problem: String)
}
