package import Detection
import Inventory
package import SQLite
import Storage
package import Vocabulary

/// How assets, sites, units or classes served in a month.
package struct AvailabilityReport: Sendable {
    package enum Grouping: String, CaseIterable, Sendable {
        case asset
        case site
        /// With all that is below it.
        case unit
        case `class`
    }

    package struct Row: Hashable, Sendable {
        package var name: String
        package var title: String
        /// How many assets it is made of.
        package var assets: Int
        package var availability: Availability
    }

    package var month: Month
    package var grouping: Grouping
    /// What of the month is over; nil when it has not begun.
    package var period: Range<Instant>?
    /// In order of name; those of which nothing was watched are left out.
    package var rows: [Row] = []
    /// All assets together.
    package var total = Row(name: "", title: "", assets: 0, availability: Availability())

    /// Whether the month is over.
    package var isWhole: Bool { period == month.period }

    package init(
        _ connection: Connection, _ month: Month, by grouping: Grouping, scope: Scope, at now: Instant
    ) throws {
        self.month = month
        self.grouping = grouping
        period = month.period(until: now)
        guard let period else { return }
        let reading = try Reading(connection, period: period, scope: scope, now: now)
        let timelines = try reading.timelines()
        let assets = reading.assets.filter { timelines[$0.id] != nil }
        for asset in assets {
            guard let timeline = timelines[asset.id] else { continue }
            total.assets += 1
            total.availability = total.availability + Availability(timeline)
        }
        let titles = try Self.titles(grouping, connection, scope: scope)
        let groups = Self.groups(of: assets, grouping, known: titles)
        rows = groups.map { name, members in
            let lines = members.compactMap { timelines[$0.id] }
            // A site is what the gravest of its assets is; units and classes are their assets taken together.
            let availability =
                grouping == .site
                ? Availability(Timeline.gravest(lines, period: period))
                : lines.reduce(Availability()) { $0 + Availability($1) }
            return Row(name: name, title: titles[name] ?? "", assets: members.count, availability: availability)
        }.sorted { $0.name < $1.name }
    }

    private static func groups(
        of assets: [Exemptions.Asset], _ grouping: Grouping, known: [String: String]
    ) -> [String: [Exemptions.Asset]] {
        var groups: [String: [Exemptions.Asset]] = [:]
        for asset in assets {
            let thing = asset.thing
            let names: [String] =
                switch grouping {
                case .asset: [thing.asset]
                case .site: thing.site.isEmpty ? [] : [thing.site]
                // Within a scope the units above it are out of sight.
                case .unit: thing.units.filter { known[$0] != nil }
                case .class: [thing.assetClass]
                }
            for name in names { groups[name, default: []].append(asset) }
        }
        return groups
    }

    private static func titles(
        _ grouping: Grouping, _ connection: Connection, scope: Scope
    ) throws -> [String: String] {
        let pairs: [(String, String)] =
            switch grouping {
            case .asset: try AssetStore(connection).all(scope: scope).map { ($0.name, $0.title) }
            case .site: try SiteStore(connection).all(scope: scope).map { ($0.name, $0.title) }
            case .unit: try UnitStore(connection).all(scope: scope).map { ($0.name, $0.title) }
            case .class: []
            }
        return Dictionary(pairs) { first, _ in first }
    }
}
