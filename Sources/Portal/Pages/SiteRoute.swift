import API
import Detection
import Hummingbird
import Inventory
import SQLite
import Storage
import Vocabulary
import WebUI

/// One site with what stands there.
struct SiteRoute: Sendable {
    private static let alerts = 100

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let (name, now) = (try context.parameters.require("name"), services.now())
            let page = try await services.api.database.read { connection in
                try Self.page(connection, named: name, scope: caller.scope, now: now)
            }
            return services.answer(page, request, context)
        }
    }

    private static func page(
        _ connection: Connection, named name: String, scope: Scope, now: Instant
    ) throws -> SitePage {
        let overview = try SiteOverview(connection, scope: scope, at: now)
        guard let entry = overview.sites.first(where: { $0.site.name == name }) else {
            throw Problem(.notFound, "no-such-site", "there is no site \"\(name)\"")
        }
        let site = entry.site
        let places = try Places(connection, scope: scope)
        var page = SitePage(
            Named(site.name, title: site.title), standing: Standing(entry.standing),
            units: site.units.map { unit in
                let chain = places.tree.chain(to: unit).map(places.named(unit:))
                return chain.isEmpty ? [places.named(unit: unit)] : chain
            }, address: site.address,
            place: site.coordinates.map { .init(latitude: $0.latitude, longitude: $0.longitude) },
            contacts: site.contacts.map { Contact($0) }, assets: entry.assets.map(asset).worstFirst { $0.standing },
            alerts: try AlertStore(connection).list(open: true, scope: scope, site: name, limit: alerts)
                .map { AlertsPage.Row($0, places) })
        page.exemptions = Self.exemptions(entry)
        if case .known(let outcome, since: let since, asset: _) = entry.standing {
            page.reason = outcome.reason
            page.since = since
        }
        return page
    }

    /// Each work that is done here now, with how much of the site it is for; and that all of it is outside its hours.
    private static func exemptions(_ entry: SiteOverview.Entry) -> [ExemptionNote] {
        let works = Dictionary(grouping: entry.assets.compactMap(\.maintenance), by: \.self)
        var notes = works.sorted { $0.key.name < $1.key.name }.map { work, assets in
            ExemptionNote(.maintenance(work.name, assets: assets.count, of: entry.assets.count), until: work.until)
        }
        if case .outsideHours(let until) = entry.standing {
            notes.append(ExemptionNote(.outsideHours(""), until: until))
        }
        return notes
    }

    private static func asset(_ entry: Overview.Entry) -> SitePage.Asset {
        var asset = SitePage.Asset(
            Named(entry.asset), assetClass: entry.asset.assetClass, standing: Standing(entry.standing),
            checks: entry.checks.count)
        if case .known(let outcome, since: let since) = entry.standing {
            asset.reason = outcome.reason
            asset.since = since
        }
        return asset
    }
}

extension Array {
    /// Those that stand equally well stay in their order.
    func worstFirst(_ standing: (Element) -> Standing) -> [Element] {
        enumerated().map { (place: $0.offset, gravity: standing($0.element).gravity, element: $0.element) }
            .sorted { ($1.gravity, $0.place) < ($0.gravity, $1.place) }.map(\.element)
    }
}
