import Enrolment
package import Keys
package import Vocabulary

/// Decides whether an agent that shows its certificate gets the next one. By the collector's clock: an agent whose own
/// is ahead must not come every day.
package struct RenewalAttempt: Hashable, Sendable {
    /// What the agent showed.
    package var held: Certificate
    /// The key that the signing request proved to hold; nil when the request could not be read or verified.
    package var key: PublicKey?

    package enum Decision: Hashable, Sendable {
        case issue(for: PublicKey)
        case refuse(Refusal)
    }

    /// Stable codes, for the agent's log and the collector's.
    package enum Refusal: String, Hashable, Sendable, CaseIterable {
        case requestInvalid = "request-invalid"
        case notDue = "renewal-not-due"
    }

    package init(held: Certificate, key: PublicKey?) {
        self.held = held
        self.key = key
    }

    package func decide(at now: Instant) -> Decision {
        guard let key else { return .refuse(.requestInvalid) }
        return AgentLease.isRenewalDue(held, at: now) ? .issue(for: key) : .refuse(.notDue)
    }
}
