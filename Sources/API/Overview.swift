package import Detection
package import Inventory
package import SQLite
package import Storage
package import Vocabulary

/// Assets with their standing and their checks: what pages, API and command line all begin with.
package struct Overview: Sendable {
    package struct Entry: Sendable {
        package var asset: AssetStore.Asset
        package var standing: AssetStanding
        package var checks: [ConditionStore.CheckStatus]
        /// The work that is done on it now.
        package var maintenance: Exemptions.Exemption?
        /// The hours it is outside of now.
        package var outsideHours: Exemptions.Exemption?
    }

    package var assets: [Entry]
    package var agents: [AgentStore.Agent]

    package init(_ connection: Connection, scope: Scope, at now: Instant) throws {
        let exemptions = try ExemptionStore(connection).exemptions(at: now, scope: scope)
        let statuses = try ConditionStore(connection).statuses(scope: scope)
        let byAsset = Dictionary(grouping: statuses, by: \.asset)
        assets = try AssetStore(connection).all(scope: scope).map { asset in
            Entry(asset, checks: byAsset[asset.name] ?? [], exemptions)
        }
        agents = try AgentStore(connection).all(scope: scope)
    }
}

extension Overview.Entry {
    package init(
        _ asset: AssetStore.Asset, checks: [ConditionStore.CheckStatus], _ exemptions: Exemptions
    ) {
        self.asset = asset
        self.checks = checks
        maintenance = exemptions.maintenance[asset.id]
        outsideHours = exemptions.outsideHours[asset.id]
        standing = AssetStanding(checks, outsideHours: outsideHours)
    }
}

extension AssetStanding {
    package init(_ checks: [ConditionStore.CheckStatus], outsideHours: Exemptions.Exemption?) {
        let inside = AssetStanding(
            checks: checks.map { AssetStanding.Check(name: $0.name, outcome: $0.outcome, since: $0.since) })
        self = outsideHours.map { inside.outsideHours(until: $0.until) } ?? inside
    }
}
