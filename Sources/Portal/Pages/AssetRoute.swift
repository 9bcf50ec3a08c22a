import API
import Detection
import HTTPTypes
import Hummingbird
import Inventory
import SQLite
import Storage
import Vocabulary
import WebUI
import Wire

/// One asset: standing, checks, charts, facts and history.
struct AssetRoute: Sendable {
    private static let changes = 60
    private static let findings = 30
    /// What the script of a page that is open asks with.
    private static let briefHeader = "Haidang-Refresh"

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let name = try context.parameters.require("name")
            let now = services.now()
            let isBrief = HTTPField.Name(Self.briefHeader).flatMap { request.headers[$0] } == "brief"
            let span = FormQuery(request)["span"].flatMap { ChartSpan(rawValue: $0) } ?? .hour
            let page = try await services.api.database.read { connection in
                var page = try Self.brief(connection, named: name, scope: caller.scope, now: now)
                page.span = span
                page.isBrief = isBrief
                if !isBrief { try Self.complete(&page, connection, scope: caller.scope, now: now) }
                return page
            }
            return services.answer(page, request, context)
        }
    }

    /// What changes from second to second: standing and checks.
    private static func brief(
        _ connection: Connection, named name: String, scope: Scope, now: Instant
    ) throws -> AssetPage {
        let asset = try AssetStore(connection).require(name, scope: scope)
        let statuses = try ConditionStore(connection).statuses(scope: scope, assetID: asset.id)
        let exemptions = try ExemptionStore(connection).exemptions(at: now, scope: scope)
        let entry = Overview.Entry(asset, checks: statuses, exemptions)
        let places = try Places(connection, scope: scope)
        var page = AssetPage(
            name: asset.name, title: asset.title, assetClass: asset.assetClass,
            address: asset.address.isEmpty ? asset.url : asset.address, site: places.named(site: asset.site),
            unit: places.named(unit: asset.unit), contacts: places.contacts(site: asset.site, unit: asset.unit),
            standing: Standing(entry.standing), checks: statuses.map(check))
        let hours = try HoursStore(connection).all().first { $0.name == asset.hours }
        page.hours = hours.map { Named($0.name, title: $0.title) } ?? .none
        if let work = entry.maintenance {
            page.exemptions.append(ExemptionNote(.maintenance(work.name), until: work.until))
        }
        if let hours = entry.outsideHours {
            page.exemptions.append(ExemptionNote(.outsideHours(hours.name), until: hours.until))
        }
        page.findings = try FindingStore(connection).list(
            .init(isOpen: true, asset: asset.name), scope: scope, limit: findings
        ).map { FindingsPage.Row($0) }
        if case .known(let outcome, since: let since) = entry.standing {
            page.reason = outcome.reason
            page.since = since
        }
        return page
    }

    /// Charts, book, links, facts, history, and what the agent cannot see.
    private static func complete(
        _ page: inout AssetPage, _ connection: Connection, scope: Scope, now: Instant
    ) throws {
        let asset = try AssetStore(connection).require(page.name, scope: scope)
        page.charts = try AssetCharts(asset: asset, span: page.span, now: now).charts(connection, scope: scope)
        try AssetBookPart(asset: asset, places: try Places(connection, scope: scope), now: now).fill(
            &page, connection, scope: scope)
        let facts = try FactStore(connection).facts(assetID: asset.id).map(AssetFact.init)
        page.packages = PackagesPage.Row.rows(of: facts).count
        page.facts = facts.filter { $0.fact.segments.first != KnownFactGroup.package.rawValue }
        page.changes = try history(asset, connection)
        page.paths = PathPair.pairs(of: try PathStore(connection).paths(assetID: asset.id))
        page.blindSpots = try AgentStore(connection).all(scope: scope).filter { $0.asset == asset.name }
            .flatMap { Presence($0.presence).blindSpots }
    }

    private static func check(_ status: ConditionStore.CheckStatus) -> AssetCheck {
        AssetCheck(
            name: status.name, kind: status.kind, target: status.target,
            standing: status.outcome.map { Standing($0.state) } ?? .unknown,
            reason: status.outcome.map(\.reason) ?? Reason("not-yet-asked"),
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
