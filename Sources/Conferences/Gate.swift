package import Vocabulary

/// What a site needs to take part in a conference, in the order in which one thing rests on another.
package enum Gate: String, CaseIterable, Comparable, Sendable {
    /// The way to the site: its line, its router, its switch.
    case line
    /// The conference device itself.
    case codec
    /// Whether it takes calls: SIP and H.323.
    case signalling
    /// Whether others can call it by its number.
    case registration
    case certificate
    /// Whether anybody expects it to be on now, and nobody works on it.
    case hours

    package static func < (left: Gate, right: Gate) -> Bool { left.place < right.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// What has to work before this one can: when that is down, this one says nothing of its own.
    var rests: [Gate] {
        switch self {
        case .line, .hours: []
        case .codec: [.line]
        case .signalling, .registration, .certificate: [.line, .codec]
        }
    }
}

/// How one gate of a site stands.
package struct GateStanding: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        case ok
        case degraded
        case down
        case unknown
        /// What it rests on is down: nobody can say more of it.
        case behind
        /// Somebody works on the site.
        case maintenance
        case outsideHours = "outside-hours"
        /// No check says anything of it: that is not `ok`.
        case notWatched = "not-watched"
    }

    package var state: State
    package var reason: Reason?
    package var since: Instant?
    /// The check that says so.
    package var check: CheckName?
    /// What it waits for, where it is `behind`.
    package var behind: Gate?
    /// When it ends: the certificate, the work, the time outside hours; nil where no end is known.
    package var until: Instant?
    /// The maintenance or the hours by name; empty otherwise.
    package var name: String

    package init(
        _ state: State, reason: Reason? = nil, since: Instant? = nil, check: CheckName? = nil, behind: Gate? = nil,
        until: Instant? = nil, name: String = ""
    ) {
        self.state = state
        self.reason = reason
        self.since = since
        self.check = check
        self.behind = behind
        self.until = until
        self.name = name
    }

    package static let notWatched = GateStanding(.notWatched)
}
