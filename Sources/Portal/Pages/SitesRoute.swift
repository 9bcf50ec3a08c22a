import API
import Hummingbird
import Inventory
import Storage
import Vocabulary
import WebUI

/// Units and their sites as a tree, searched and filtered.
struct SitesRoute: Sendable {
    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let (query, now) = (Self.query(request), services.now())
            let command = services.steps.loadSites
            let page = try await services.api.database.read { connection in
                let places = try Places(connection, scope: caller.scope)
                let overview = try SiteOverview(connection, scope: caller.scope, at: now)
                var page = SitesTree(places, overview, query).page
                page.loadCommand = command
                return page
            }
            return services.answer(page, request, context)
        }
    }

    private static func query(_ request: Request) -> SitesPage.Query {
        let items = FormQuery(request)
        return SitesPage.Query(
            text: items["q"].map { String($0.prefix(200)) } ?? "",
            level: items["level"].flatMap { $0.isEmpty ? nil : $0 },
            standing: items["state"].flatMap { Standing(rawValue: $0) })
    }
}

/// What of the tree matches a query, with the units above it.
private struct SitesTree {
    let places: Places
    private let entries: [String: SiteOverview.Entry]
    let query: SitesPage.Query
    private let text: SearchText
    /// The sites that match, under each of their units.
    private var found: [String: [SitesPage.Site]] = [:]
    private var loose: [SitesPage.Site] = []
    private var matching = 0

    init(_ places: Places, _ overview: SiteOverview, _ query: SitesPage.Query) {
        self.places = places
        entries = Dictionary(overview.sites.map { ($0.site.name, $0) }) { first, _ in first }
        self.query = query
        text = SearchText(query.text)
        for site in places.sites {
            let units = site.units.compactMap(places.unit)
            let row = SitesPage.Site(
                Named(site.name, title: site.title), standing: standing(of: site),
                contact: site.contacts.first.map { Contact($0) }, assets: entries[site.name]?.assets.count ?? 0)
            let words = [site.name, site.title, site.address] + units.map(\.title)
            guard query.standing == nil || query.standing == row.standing,
                query.level == nil || units.contains(where: { $0.level == query.level }),
                text.isFound(in: words.joined(separator: " "))
            else { continue }
            matching += 1
            let shown = query.level == nil ? units : units.filter { $0.level == query.level }
            for unit in shown { found[unit.name, default: []].append(row) }
            if units.isEmpty { loose.append(row) }
        }
    }

    private func standing(of site: SiteStore.Site) -> Standing {
        Standing(entries[site.name]?.standing ?? .noAddress)
    }

    var page: SitesPage {
        SitesPage(
            query: query, levels: places.levels, branches: places.tree.roots.compactMap(branch), loose: loose,
            counts: Dictionary(places.sites.map { (standing(of: $0), 1) }, uniquingKeysWith: +),
            matching: matching, units: places.tree.places.count)
    }

    /// The unit with what matches in it and below it; nil when nothing does.
    private func branch(_ name: String) -> SitesPage.Branch? {
        guard let unit = places.unit(name) else { return nil }
        let branch = SitesPage.Branch(
            Named(unit.name, title: unit.title), level: unit.level, sites: found[name] ?? [],
            branches: places.tree.children(of: name).compactMap(branch))
        return branch.sites.isEmpty && branch.branches.isEmpty && !isFound(unit) ? nil : branch
    }

    /// A unit without a site is found by its title; by the state of its sites it never is.
    private func isFound(_ unit: UnitStore.Unit) -> Bool {
        query.isPlain
            || query.standing == nil && (query.level == nil || query.level == unit.level)
                && text.isFound(in: "\(unit.name) \(unit.title)")
    }
}

extension Standing {
    init(_ standing: SiteStanding) {
        switch standing {
        case .noAddress: self = .notConfigured
        case .outsideHours: self = .outsideHours
        case .known(let outcome, since: _, asset: _): self.init(outcome.state)
        }
    }
}
