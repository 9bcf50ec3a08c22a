package import TLS
package import Vocabulary

/// What a run brought: the final response, and what the transport learned on the way.
package struct SIPReply: Sendable {
    package var response: SIPResponse
    package var outcome: Outcome
    /// From the last request's first send to its final response.
    package var elapsed: Duration
    /// How often a request was sent again for want of an answer (UDP).
    package var retransmissions = 0
    /// How long what came before the first request took.
    package var connect: Duration?
    package var tls: Duration?
    /// The server's own; nil without TLS.
    package var certificate: PeerCertificate?

    package init(_ response: SIPResponse, outcome: Outcome, elapsed: Duration) {
        self.response = response
        self.outcome = outcome
        self.elapsed = elapsed
    }
}
