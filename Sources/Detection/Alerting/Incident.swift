package import Vocabulary

/// What alerts that share one cause have in common: one root, and one message.
package struct Incident: Hashable, Sendable {
    /// How the alerts came together.
    package enum Cause: Hashable, Sendable {
        /// The root fails, and what is declared to depend on it.
        case root
        /// They fail at one site at one time.
        case site(String)
        /// They fail at one time and all depend on this, of which nobody knows how it stands.
        case shared(Int64)
        /// They fail at one time as another incident's root does, and nothing declared explains it.
        case beside(Int64)
        /// They fail at one time, and nothing else is known to join them.
        case coincidence
        /// What this incident took with it, and is still failing after it.
        case leftover(Int64)

        /// A likelihood, not a known cause: nobody is spared a word by it.
        package var isLikelihood: Bool {
            switch self {
            case .root, .leftover: false
            case .site, .shared, .beside, .coincidence: true
            }
        }
    }

    package let id: Int64
    /// The asset that is named.
    package var root: Int64
    package var cause: Cause
    package var opened: Instant
    /// The gravest state that anybody was told of it; nil: nobody was told.
    package var told: State?
    /// From when it is graver than what was told.
    package var worsened: Instant?
    /// The importance for which routes were told.
    package var toldAs: Importance?
    /// Another incident has taken all of it; what was told of this one ends with that one.
    package var mergedInto: Int64?
    /// Who has it; what they are told again, and when, depends on it.
    package var acknowledged: Acknowledgement?
    package var resolved: Instant?
    /// The maintenance that ended before this was up again.
    package var overran: String?

    package init(
        id: Int64, root: Int64, cause: Cause = .root, opened: Instant, told: State? = nil,
        worsened: Instant? = nil, toldAs: Importance? = nil, mergedInto: Int64? = nil,
        acknowledged: Acknowledgement? = nil, overran: String? = nil
    ) {
        self.id = id
        self.root = root
        self.cause = cause
        self.opened = opened
        self.told = told
        self.worsened = worsened
        self.toldAs = toldAs
        self.mergedInto = mergedInto
        self.overran = overran
        self.acknowledged = acknowledged
    }
}
