import API
import Hummingbird
import Storage
import Vocabulary
import WebUI

/// The packages of one asset, searched without case and diacritics.
struct PackagesRoute: Sendable {
    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let name = try context.parameters.require("name")
            let facts = try await services.api.database.read { connection in
                let asset = try AssetStore(connection).require(name, scope: caller.scope)
                return try FactStore(connection).facts(assetID: asset.id)
            }
            let items = FormQuery(request)
            let query = items["q"].map { String($0.prefix(200)) } ?? ""
            let text = SearchText(query)
            let page = PackagesPage(
                asset: name, query: query, page: items["page"].flatMap { Int($0) } ?? 1,
                packages: PackagesPage.Row.rows(of: facts.map(AssetFact.init))
            ) { row in
                text.isFound(in: "\(row.name) \(row.version) \(row.source)")
            }
            return services.answer(page, request, context)
        }
    }
}

extension AssetFact {
    init(_ seen: FactStore.SeenFact) {
        self.init(seen.fact, source: seen.source, firstSeen: seen.firstSeen, lastSeen: seen.lastSeen)
    }
}
