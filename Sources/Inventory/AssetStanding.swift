package import Vocabulary

/// What the checks of an asset say of the asset itself.
package enum AssetStanding: Hashable, Sendable {
    /// Nothing is asked of it: it has no check, or none has answered yet.
    case notConfigured
    case known(Outcome, since: Instant?)
    /// Nobody expects it to be on now, whatever its checks say; until then, nil where no end is in sight.
    case outsideHours(until: Instant?)

    /// One check of the asset, as it stands.
    package struct Check: Hashable, Sendable {
        package var name: CheckName
        package var outcome: Outcome?
        package var since: Instant?

        package init(name: CheckName, outcome: Outcome?, since: Instant?) {
            self.name = name
            self.outcome = outcome
            self.since = since
        }
    }

    /// The asset is what its leading check says (`host` where there is one), and `degraded` when that one is well
    /// and another is not. Gateway and name servers are its surroundings: they are shown, and do not count.
    package init(checks: [Check]) {
        let own = checks.filter { !Self.isSurrounding($0.name) && $0.outcome != nil }
        guard let leading = own.first(where: { $0.name.part == "host" }) ?? Self.worst(of: own),
            let outcome = leading.outcome
        else {
            self = .notConfigured
            return
        }
        guard outcome == .up, let ill = Self.worst(of: own), let cause = ill.outcome?.reason,
            ill.outcome?.state != .unknown
        else {
            self = .known(outcome, since: leading.since)
            return
        }
        let reason = Reason(cause.code, step: String(ill.name.part), expected: cause.expected, got: cause.got)
        self = .known(.degraded(reason), since: ill.since)
    }

    /// The same outside the asset's hours; what nobody asks stays not configured.
    package func outsideHours(until end: Instant?) -> AssetStanding {
        self == .notConfigured ? self : .outsideHours(until: end)
    }

    package static func isSurrounding(_ name: CheckName) -> Bool {
        name.part == "gateway" || name.part.hasPrefix("gateway-") || name.part.hasPrefix("dns-")
    }

    /// The gravest, and of equally grave ones the one that has lasted longest.
    private static func worst(of checks: [Check]) -> Check? {
        checks.max { left, right in
            let (first, second) = (left.outcome?.state.gravity ?? 0, right.outcome?.state.gravity ?? 0)
            return first == second
                ? (left.since ?? Instant(seconds: 0)) > (right.since ?? Instant(seconds: 0)) : first < second
        }
    }
}
