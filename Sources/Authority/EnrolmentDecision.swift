package import Enrolment
package import Keys

/// What comes of an attempt to enrol.
package enum EnrolmentDecision: Hashable, Sendable {
    /// Issue a certificate for this key to this agent.
    case issue(to: AgentID, key: PublicKey, as: Manner)
    case refuse(Refusal)

    package enum Manner: Hashable, Sendable {
        /// A machine not seen before; the identifier is a new one.
        case newAgent
        /// A known machine that enrols anew, e.g. reinstalled: its earlier certificates end with this.
        case knownAgent
        /// The answer to the same request was lost on its way: the token is not used a second time.
        case repeated
    }

    /// Stable codes, for the agent's log and the collector's.
    package enum Refusal: String, Hashable, Sendable, CaseIterable {
        case tokenUnknown = "token-unknown"
        case tokenUsed = "token-used"
        case tokenExpired = "token-expired"
        case requestInvalid = "request-invalid"
        /// The machine's own agent reports right now: who asks is a copy of its disk, most likely.
        case machineActive = "machine-active"
    }
}
