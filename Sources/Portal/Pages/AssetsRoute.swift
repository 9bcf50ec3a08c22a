import API
import Detection
import Hummingbird
import Inventory
import SQLite
import Storage
import Vocabulary
import WebUI

/// The list of assets: searched, filtered, a page at a time.
struct AssetsRoute: Sendable {
    private static let rows = 100

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let (query, now) = (Self.query(request), services.now())
            let page = try await services.api.database.read { connection in
                try Self.page(connection, query, scope: caller.scope, now: now)
            }
            return services.answer(page, request, context)
        }
    }

    private static func page(
        _ connection: Connection, _ query: AssetsPage.Query, scope: Scope, now: Instant
    ) throws -> AssetsPage {
        let places = try Places(connection, scope: scope)
        let index = AssetIndex(connection)
        let classes = try index.classes(scope: scope)
        let statuses = Dictionary(grouping: try ConditionStore(connection).statuses(scope: scope), by: \.asset)
        let exemptions = try ExemptionStore(connection).exemptions(at: now, scope: scope)
        let text = SearchText(query.text)
        let filter = AssetIndex.Filter(
            assetClass: query.assetClass, units: query.unit.map(places.tree.subtree), site: query.site)
        let matching = try index.entries(filter, scope: scope, withWords: !text.isEmpty).filter { entry in
            text.isFound(in: entry.words)
                && (query.standing == nil
                    || query.standing
                        == Standing(
                            AssetStanding(
                                statuses[entry.name] ?? [], outsideHours: exemptions.outsideHours[entry.id])))
        }
        let pages = max(1, (matching.count + rows - 1) / rows)
        var shown = query
        shown.page = min(max(1, query.page), pages)
        let ids = matching.dropFirst((shown.page - 1) * rows).prefix(rows).map(\.id)
        let codes = try index.codes(of: ids)
        return AssetsPage(
            query: shown, classes: classes.keys.sorted(),
            units: places.tree.places.map { .init(places.named(unit: $0.unit), depth: $0.depth) },
            sites: places.sites.map { Named($0.name, title: $0.title) },
            rows: try ids.compactMap { try AssetStore(connection).asset(id: $0) }.map { asset in
                let entry = Overview.Entry(asset, checks: statuses[asset.name] ?? [], exemptions)
                return row(entry, code: codes[asset.id] ?? "", places)
            }, pages: pages, matching: matching.count, total: classes.values.reduce(0, +),
            worth: matching.reduce(BookTotals.Sum()) { sum, entry in
                sum + BookTotals.Sum(price: entry.price, hasCode: true, hasUnit: true)
            }.price)
    }

    private static func query(_ request: Request) -> AssetsPage.Query {
        let items = FormQuery(request)
        let chosen = { (name: String) in items[name].flatMap { $0.isEmpty ? nil : $0 } }
        return AssetsPage.Query(
            text: items["q"].map { String($0.prefix(200)) } ?? "", assetClass: chosen("class"),
            standing: items["state"].flatMap { Standing(rawValue: $0) }, unit: chosen("unit"),
            site: chosen("site"), page: items["page"].flatMap { Int($0) } ?? 1)
    }

    private static func row(_ entry: Overview.Entry, code: String, _ places: Places) -> AssetsPage.Row {
        var row = AssetsPage.Row(
            Named(entry.asset), code: code, assetClass: entry.asset.assetClass, address: entry.asset.address,
            site: places.named(site: entry.asset.site), unit: places.named(unit: entry.asset.unit),
            standing: Standing(entry.standing))
        if case .known(let outcome, since: let since) = entry.standing {
            row.reason = outcome.reason
            row.since = since
        }
        return row
    }
}
