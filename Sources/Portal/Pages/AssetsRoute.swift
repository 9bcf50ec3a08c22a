import API
import Hummingbird
import Inventory
import Storage
import Vocabulary
import WebUI

/// The list of assets: searched, filtered, a page at a time.
struct AssetsRoute: Sendable {
    private static let rows = 100

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let query = Self.query(request)
            let entries = try await services.api.database.read { try Overview($0, scope: caller.scope).assets }
            let text = query.text.foldedForSearch
            let matching = entries.filter { entry in
                (text.isEmpty || entry.asset.searchText.contains(text))
                    && (query.assetClass == nil || query.assetClass == entry.asset.assetClass)
                    && (query.standing == nil || query.standing == Standing(entry.standing))
            }
            let pages = max(1, (matching.count + Self.rows - 1) / Self.rows)
            var shown = query
            shown.page = min(max(1, query.page), pages)
            let page = AssetsPage(
                query: shown, classes: Set(entries.map(\.asset.assetClass)).sorted(),
                rows: matching.dropFirst((shown.page - 1) * Self.rows).prefix(Self.rows).map(Self.row),
                pages: pages, matching: matching.count, total: entries.count)
            return services.answer(page, request, context)
        }
    }

    private static func query(_ request: Request) -> AssetsPage.Query {
        let items = request.uri.queryParameters
        return AssetsPage.Query(
            text: items["q"].map { String($0.prefix(200)) } ?? "",
            assetClass: items["class"].map(String.init).flatMap { $0.isEmpty ? nil : $0 },
            standing: items["state"].flatMap { Standing(rawValue: String($0)) },
            page: items["page"].flatMap { Int($0) } ?? 1)
    }

    private static func row(_ entry: Overview.Entry) -> AssetsPage.Row {
        var row = AssetsPage.Row(
            name: entry.asset.name, assetClass: entry.asset.assetClass, address: entry.asset.address,
            site: entry.asset.site, unit: entry.asset.unit, standing: Standing(entry.standing))
        if case .known(let outcome, since: let since) = entry.standing {
            row.reason = outcome.reason
            row.since = since
        }
        return row
    }
}

extension AssetStore.Asset {
    fileprivate var searchText: String {
        [name, assetClass, address, unit, site].joined(separator: " ").foldedForSearch
    }
}
