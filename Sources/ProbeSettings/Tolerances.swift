/// What a line may do to packets and still be in order; beyond it the check is degraded.
package struct Tolerances: Hashable, Sendable {
    /// The share of answers that may be lost, by chance and for good.
    package var loss: Double
    /// How long an answer may take; nil: as long as it likes.
    package var latency: Duration?
    /// How much that may vary from one answer to the next (RFC 3550); nil: as much as it likes.
    package var jitter: Duration?
    /// How long a break without any answer is usual on this line, on average; zero: nothing is known of it.
    package var bursts: Duration

    package init(loss: Double = 0.1, latency: Duration? = nil, jitter: Duration? = nil, bursts: Duration = .zero) {
        self.loss = loss
        self.latency = latency
        self.jitter = jitter
        self.bursts = bursts
    }
}
