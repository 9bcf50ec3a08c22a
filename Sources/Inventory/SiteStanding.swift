package import Vocabulary

/// What the assets of a site say of the site itself.
package enum SiteStanding: Hashable, Sendable {
    /// None of its assets has an address or URL, so nothing can be asked of it.
    case noAddress
    /// The gravest of what is known of its assets; `asset` names the one that says so.
    case known(Outcome, since: Instant?, asset: String)
    /// None of its assets is expected to be on now; until the first of them is.
    case outsideHours(until: Instant?)

    /// One asset of the site, as it stands.
    package struct Asset: Hashable, Sendable {
        package var name: String
        /// Whether it has an address or a URL.
        package var isReachable: Bool
        package var standing: AssetStanding

        package init(name: String, isReachable: Bool, standing: AssetStanding) {
            self.name = name
            self.isReachable = isReachable
            self.standing = standing
        }
    }

    /// What is said of a site whose assets have addresses and have not answered yet: nobody knows, and nothing is wrong.
    package static let notYetAsked = Reason("not-yet-asked")

    /// Of equally grave assets the one that has been so for longest speaks, and of those the first by name: the same
    /// assets give the same standing in any order.
    package init(assets: [Asset]) {
        let known = assets.compactMap { asset -> (outcome: Outcome, since: Instant?, name: String)? in
            guard case .known(let outcome, since: let since) = asset.standing else { return nil }
            return (outcome, since, asset.name)
        }
        let worst = known.max { left, right in
            if left.outcome.state != right.outcome.state {
                return left.outcome.state.gravity < right.outcome.state.gravity
            }
            let (first, second) = (left.since ?? .latest, right.since ?? .latest)
            return first == second ? left.name > right.name : first > second
        }
        if let worst {
            self = .known(worst.outcome, since: worst.since, asset: worst.name)
        } else if let until = Self.hours(of: assets) {
            self = .outsideHours(until: until.min())
        } else if let waiting = assets.filter(\.isReachable).map(\.name).min() {
            self = .known(.unknown(Self.notYetAsked), since: nil, asset: waiting)
        } else {
            self = .noAddress
        }
    }

    /// When those outside their hours are expected again; nil when there are none.
    private static func hours(of assets: [Asset]) -> [Instant]? {
        let resting = assets.compactMap { asset -> Instant?? in
            guard case .outsideHours(let until) = asset.standing else { return nil }
            return .some(until)
        }
        return resting.isEmpty ? nil : resting.compactMap(\.self)
    }
}

extension State {
    /// The higher the more urgent.
    var gravity: Int {
        switch self {
        case .down: 3
        case .degraded: 2
        case .unknown: 1
        case .up: 0
        }
    }
}

extension Instant {
    /// Later than anything that happens: what has no beginning yet has lasted for the shortest time.
    fileprivate static let latest = Instant(microseconds: .max)
}
