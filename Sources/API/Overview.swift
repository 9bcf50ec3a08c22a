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
    }

    package var assets: [Entry]
    package var agents: [AgentStore.Agent]

    package init(_ connection: Connection, scope: Scope) throws {
        let statuses = try ConditionStore(connection).statuses(scope: scope)
        let byAsset = Dictionary(grouping: statuses, by: \.asset)
        assets = try AssetStore(connection).all(scope: scope).map { asset in
            Entry(asset, checks: byAsset[asset.name] ?? [])
        }
        agents = try AgentStore(connection).all(scope: scope)
    }
}

extension Overview.Entry {
    package init(_ asset: AssetStore.Asset, checks: [ConditionStore.CheckStatus]) {
        self.asset = asset
        self.checks = checks
        standing = AssetStanding(
            checks: checks.map { AssetStanding.Check(name: $0.name, outcome: $0.outcome, since: $0.since) })
    }
}
