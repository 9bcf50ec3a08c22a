/// What one run of a check found out about its target.
///
/// A failing target is an answer (`degraded`, `down`); `unknown` means that the question could not be asked.
package enum Outcome: Hashable, Sendable {
    case up
    case degraded(Reason)
    case down(Reason)
    case unknown(Reason)

    package var state: State {
        switch self {
        case .up: .up
        case .degraded: .degraded
        case .down: .down
        case .unknown: .unknown
        }
    }

    package var reason: Reason? {
        switch self {
        case .up: nil
        case .degraded(let reason), .down(let reason), .unknown(let reason): reason
        }
    }

    /// The outcome of that state; a state other than `up` without a reason gets `Reason.unstated`.
    package init(_ state: State, reason: Reason?) {
        switch state {
        case .up: self = .up
        case .degraded: self = .degraded(reason ?? .unstated)
        case .down: self = .down(reason ?? .unstated)
        case .unknown: self = .unknown(reason ?? .unstated)
        }
    }
}

/// An outcome without its reason; the raw value is stable on the wire and in storage.
package enum State: Int, CaseIterable, Sendable {
    case up = 0
    case degraded = 1
    case down = 2
    case unknown = 3

    /// The word used in files, in the API and on the command line.
    package var word: String {
        switch self {
        case .up: "up"
        case .degraded: "degraded"
        case .down: "down"
        case .unknown: "unknown"
        }
    }
}
