package import Inventory
package import SQLite
package import Storage
package import Vocabulary

/// Sites with their standing and their assets.
package struct SiteOverview: Sendable {
    package struct Entry: Sendable {
        package var site: SiteStore.Site
        /// Of the unit the site is named for; empty without one.
        package var level: String
        package var standing: SiteStanding
        package var assets: [Overview.Entry]
    }

    package var sites: [Entry]

    package init(_ connection: Connection, scope: Scope, at now: Instant) throws {
        let overview = try Overview(connection, scope: scope, at: now)
        let hosts = Set(overview.agents.map(\.asset))
        let bySite = Dictionary(grouping: overview.assets, by: \.asset.site)
        let levels = Dictionary(try UnitStore(connection).all(scope: scope).map { ($0.name, $0.level) }) { one, _ in one
        }
        sites = try SiteStore(connection).all(scope: scope).map { site in
            let assets = bySite[site.name] ?? []
            let standing = SiteStanding(
                assets: assets.map { entry in
                    SiteStanding.Asset(
                        name: entry.asset.name,
                        isReachable: !entry.asset.address.isEmpty || !entry.asset.url.isEmpty
                            || hosts.contains(entry.asset.name), standing: entry.standing)
                })
            return Entry(
                site: site, level: site.units.first.flatMap { levels[$0] } ?? "", standing: standing, assets: assets)
        }
    }
}
