package import Vocabulary

/// Which assets are exempt at one moment, because somebody works on them or nobody expects them to be on.
package struct Exemptions: Hashable, Sendable {
    /// An asset by its row, with the hours it keeps; nil where it is expected to be on always.
    package struct Asset: Hashable, Sendable {
        package var id: Int64
        package var thing: Maintenance.Thing
        package var hours: String?

        package init(id: Int64, thing: Maintenance.Thing, hours: String?) {
            self.id = id
            self.thing = thing
            self.hours = hours
        }
    }

    /// By what, and until when; nil: no end is in sight.
    package struct Exemption: Hashable, Sendable {
        package var name: String
        package var until: Instant?

        package init(name: String, until: Instant?) {
            self.name = name
            self.until = until
        }
    }

    /// By the asset's row: the maintenance it is in; of several the one that lasts longest.
    package private(set) var maintenance: [Int64: Exemption] = [:]
    /// By the asset's row: the hours it is outside of.
    package private(set) var outsideHours: [Int64: Exemption] = [:]
    /// When any of this changes next; nil: never, as things stand.
    package private(set) var nextChange: Instant?

    package init() {}

    package init(assets: [Asset], hours: [Hours], maintenances: [Maintenance], at now: Instant) {
        let kept = Set(assets.compactMap(\.hours))
        let changes =
            hours.filter { kept.contains($0.name) }.map { $0.nextChange(after: now) }
            + maintenances.map { $0.nextChange(after: now) }
        nextChange = changes.compactMap(\.self).min()
        var closed: [String: Exemption] = [:]
        for one in hours where kept.contains(one.name) && !one.contains(now) {
            closed[one.name] = Exemption(name: one.name, until: one.nextChange(after: now))
        }
        // The longest first, so that the first that covers an asset is the one to name.
        let active = maintenances.filter { $0.isActive(at: now) }
            .map { (maintenance: $0, exemption: Exemption(name: $0.name, until: $0.nextChange(after: now))) }
            .sorted { left, right in
                let (first, second) = (left.exemption.until ?? .never, right.exemption.until ?? .never)
                return first == second ? left.exemption.name < right.exemption.name : first > second
            }
        for asset in assets {
            outsideHours[asset.id] = asset.hours.flatMap { closed[$0] }
            maintenance[asset.id] = active.first { $0.maintenance.covers(asset.thing) }?.exemption
        }
    }
}

extension Instant {
    fileprivate static let never = Instant(microseconds: .max)
}
