package import Enrolment
package import Keys

/// Decides whether somebody who asks to be an agent becomes one. The store asks and obeys; nothing is read here.
package struct EnrolmentAttempt: Hashable, Sendable {
    /// An agent as it was enrolled with a token: which one it became, and with which key.
    package struct Outcome: Hashable, Sendable {
        package var agent: AgentID
        package var key: Fingerprint

        package init(agent: AgentID, key: Fingerprint) {
            self.agent = agent
            self.key = key
        }
    }

    /// What the store knows of the token's hash.
    package enum Token: Hashable, Sendable {
        case unknown
        case valid
        case expired
        /// Used up; with what came of it, as far as it is known.
        case used(Outcome?)
    }

    package var token: Token
    /// The key that the signing request proved to hold; nil when the request could not be read or verified.
    package var key: PublicKey?
    /// SHA-256 that tells machines apart, as the agent sent it.
    package var machine: [UInt8]
    /// The agent that this machine is already known as.
    package var knownAs: AgentID?
    /// How long that agent has been silent; nil when it was never heard of.
    package var silence: Duration?

    /// An agent that was heard of within this span lives, so nobody else may become it.
    package static let liveliness = Duration.seconds(120)

    package init(
        token: Token, key: PublicKey?, machine: [UInt8], knownAs: AgentID?, silence: Duration? = nil
    ) {
        self.token = token
        self.key = key
        self.machine = machine
        self.knownAs = knownAs
        self.silence = silence
    }
}

extension EnrolmentAttempt {
    /// `fresh` is the identifier that a machine not seen before gets.
    package func decide(fresh: AgentID) -> EnrolmentDecision {
        // The token first: who has none learns nothing about the rest of the request.
        switch token {
        case .unknown: return .refuse(.tokenUnknown)
        case .expired: return .refuse(.tokenExpired)
        case .used(let outcome):
            // Whoever holds both the secret and the key of the first attempt is who made it.
            guard let outcome, let key, key.fingerprint == outcome.key else { return .refuse(.tokenUsed) }
            return .issue(to: outcome.agent, key: key, as: .repeated)
        case .valid:
            guard let key, machine.count == 32 else { return .refuse(.requestInvalid) }
            guard let knownAs else { return .issue(to: fresh, key: key, as: .newAgent) }
            // A clock that was set back makes the silence negative: heard of in the future is heard of, too.
            if let silence, silence < Self.liveliness { return .refuse(.machineActive) }
            return .issue(to: knownAs, key: key, as: .knownAgent)
        }
    }
}
