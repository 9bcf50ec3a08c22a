package import Conferences
import Detection
import Inventory
package import SQLite
package import Storage
package import Vocabulary

/// Every site with whether it can take part in a conference now: what page, API and command line begin with.
package struct ConferenceOverview: Sendable {
    package struct Entry: Sendable {
        package var site: SiteStore.Site
        package var readiness: SiteReadiness
        /// How many sites what is to blame takes with it, this one included; and what people call it.
        package var sharing: Int
        package var blameTitle: String
        /// When anything here was asked last.
        package var asked: Instant?
    }

    /// Something that more than one site cannot do without.
    package struct Cause: Sendable {
        package var blame: ConferenceSite.Blame
        package var title: String
        package var sites: Int
    }

    package let conference: Conference
    /// What takes most sites with it first.
    package let causes: [Cause]
    /// The worst first.
    package let entries: [Entry]
    /// Those that sites have, the uppermost first.
    package let levels: [String]

    private static let alerts = 10_000

    package init(_ connection: Connection, scope: Scope, at now: Instant) throws {
        let overview = try SiteOverview(connection, scope: scope, at: now)
        let checks = try Checks(connection, scope: scope)
        levels = Self.levels(try UnitStore(connection).all(scope: scope), overview.sites.map(\.level))
        let sites = overview.sites.map { entry in
            ConferenceSite(entry.site.name, level: entry.level, assets: entry.assets.map(checks.asset))
        }
        let conference = Conference(sites, levels: levels)
        let known = Dictionary(overview.sites.map { ($0.site.name, $0) }) { first, _ in first }
        let titles = checks.titles
        entries = conference.sites.compactMap { readiness in
            known[readiness.site].map { entry in
                Entry(
                    site: entry.site, readiness: readiness,
                    sharing: readiness.blame.flatMap { conference.shared[$0] } ?? 0,
                    blameTitle: readiness.blame.flatMap { titles[$0.asset] } ?? "",
                    asked: entry.assets.flatMap(\.checks).compactMap(\.lastAsked).max())
            }
        }
        causes = conference.shared.filter { $0.value > 1 }
            .map { Cause(blame: $0.key, title: titles[$0.key.asset] ?? "", sites: $0.value) }
            .sorted { ($1.sites, $0.blame.incident) < ($0.sites, $1.blame.incident) }
        self.conference = conference
    }

    /// As far up as their uppermost unit stands.
    private static func levels(_ units: [UnitStore.Unit], _ used: [String]) -> [String] {
        let tree = UnitTree(units.map { ($0.name, $0.parent.isEmpty ? nil : $0.parent) })
        let levels = Dictionary(units.map { ($0.name, $0.level) }) { first, _ in first }
        let depths = Dictionary(tree.places.map { (levels[$0.unit] ?? "", $0.depth) }, uniquingKeysWith: min)
        return Set(used).subtracting([""]).sorted { (depths[$0] ?? 0, $0) < (depths[$1] ?? 0, $1) }
    }

    /// What the checks of all sites say beside their states.
    private struct Checks {
        private let methods: [CheckName: String]
        private let registered: [CheckName: Bool]
        private let ends: [CheckName: Instant]
        private let blames: [CheckName: ConferenceSite.Blame]
        /// Of what is to blame, as far as the reader may see it.
        let titles: [String: String]

        init(_ connection: Connection, scope: Scope) throws {
            methods = try CheckStore(connection).settings(of: ["sip", "h323"], scope: scope).compactMapValues {
                $0["method"]
            }
            let series = SeriesStore(connection)
            registered = Dictionary(
                try series.latest(named: "codec_registered", scope: scope).map { ($0.check, $0.value > 0) },
                uniquingKeysWith: { $0 || $1 })
            ends = Dictionary(
                try series.latest(named: "certificate_expiry_seconds", scope: scope).compactMap { reading in
                    Self.end(reading.value, after: reading.time).map { (reading.check, $0) }
                }, uniquingKeysWith: min)
            (blames, titles) = try Self.blames(connection, scope: scope)
        }

        /// A number from outside: what no calendar holds is no date.
        private static func end(_ seconds: Double, after time: Instant) -> Instant? {
            seconds.magnitude < 1e10 ? time + .seconds(Int64(seconds)) : nil
        }

        /// What the alert engine blames for an alert, or what it is part of; what is out of sight has no name.
        private static func blames(
            _ connection: Connection, scope: Scope
        ) throws -> (blames: [CheckName: ConferenceSite.Blame], titles: [String: String]) {
            let incidents = Dictionary(
                try IncidentStore(connection).list(open: true, scope: scope, limit: alerts).map { ($0.id, $0) }
            ) { first, _ in first }
            let assets = AssetStore(connection)
            var (blames, titles): ([CheckName: ConferenceSite.Blame], [String: String]) = ([:], ["": ""])
            for alert in try AlertStore(connection).list(open: true, scope: scope, limit: alerts) {
                guard let check = alert.check else { continue }
                let incident = incidents[alert.incident]
                let blamed: String? =
                    switch (alert.hold, incident?.cause) {
                    case ("cause", _): alert.heldBy ?? ""
                    case (_, .shared): incident?.causeName
                    case (_, .root): incident?.root
                    default: nil
                    }
                guard var name = blamed, name != alert.asset else { continue }
                if titles[name] == nil {
                    let seen = try assets.asset(named: name, scope: scope)
                    if let seen { titles[name] = seen.title } else { name = "" }
                }
                blames[check] = .init(name, incident: alert.incident)
            }
            return (blames, titles)
        }

        func asset(_ entry: Overview.Entry) -> ConferenceSite.Asset {
            ConferenceSite.Asset(
                entry.asset.name, assetClass: entry.asset.assetClass, checks: entry.checks.map(check),
                maintenance: entry.maintenance.map { .init($0.name, until: $0.until) },
                outsideHours: entry.outsideHours.map { .init($0.name, until: $0.until) })
        }

        private func check(_ status: ConditionStore.CheckStatus) -> ConferenceSite.Check {
            ConferenceSite.Check(
                status.name, kind: status.kind, method: methods[status.name] ?? "", outcome: status.outcome,
                since: status.since, asked: status.lastAsked, last: status.lastState,
                isRegistered: registered[status.name], certificateEnds: ends[status.name], blame: blames[status.name])
        }
    }
}
