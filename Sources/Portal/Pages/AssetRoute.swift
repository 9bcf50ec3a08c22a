import API
import Hummingbird
import Inventory
import SQLite
import Storage
import Vocabulary
import WebUI
import Wire

/// One asset: standing, checks, charts, facts and history.
struct AssetRoute: Sendable {
    private static let changes = 100
    private static let span = Duration.seconds(3600)

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let name = try context.parameters.require("name")
            let now = services.now()
            let page = try await services.api.database.read { connection in
                try Self.page(connection, named: name, scope: caller.scope, now: now)
            }
            return services.answer(page, request, context)
        }
    }

    private static func page(
        _ connection: Connection, named name: String, scope: Scope, now: Instant
    ) throws -> AssetPage {
        let asset = try AssetStore(connection).require(name, scope: scope)
        let statuses = try ConditionStore(connection).statuses(scope: scope, assetID: asset.id)
        let entry = Overview.Entry(asset, checks: statuses)
        let facts = FactStore(connection)
        var page = AssetPage(
            name: asset.name, assetClass: asset.assetClass, address: asset.address, site: asset.site, unit: asset.unit,
            standing: Standing(entry.standing),
            checks: try statuses.map { try check($0, connection, scope: scope) },
            charts: try AssetCharts(asset: asset.name, from: now - span, to: now).charts(connection, scope: scope),
            facts: try facts.facts(assetID: asset.id).map { seen in
                AssetFact(seen.fact, source: seen.source, firstSeen: seen.firstSeen, lastSeen: seen.lastSeen)
            },
            changes: try history(asset, connection),
            blindSpots: try AgentStore(connection).all(scope: scope).filter { $0.asset == asset.name }
                .flatMap { Presence($0.presence).blindSpots })
        if case .known(let outcome, since: let since) = entry.standing {
            page.reason = outcome.reason
            page.since = since
        }
        return page
    }

    private static func check(
        _ status: ConditionStore.CheckStatus, _ connection: Connection, scope: Scope
    ) throws -> AssetCheck {
        AssetCheck(
            name: status.name, kind: status.kind, target: status.target,
            standing: status.outcome.map { Standing($0.state) } ?? .notConfigured, reason: status.outcome?.reason,
            since: status.since,
            lastReading: status.lastDuration.map { Reading(Metric("probe_duration_seconds"), $0.inSeconds) },
            lastRun: status.lastAsked)
    }

    /// Changes of facts and of what is believed, the newest first.
    private static func history(_ asset: AssetStore.Asset, _ connection: Connection) throws -> [AssetChange] {
        let facts = try FactStore(connection).changes(assetID: asset.id, limit: changes).map { change in
            AssetChange(
                at: change.at, source: change.source, .fact(path: change.path, old: change.was, new: change.became))
        }
        let conditions = try ConditionStore(connection).transitions(assetID: asset.id, limit: changes).map { change in
            AssetChange(
                at: change.since, source: "agent",
                .standing(check: change.check, Standing(change.outcome.state), change.outcome.reason))
        }
        return Array((facts + conditions).sorted { $0.time > $1.time }.prefix(changes))
    }
}
