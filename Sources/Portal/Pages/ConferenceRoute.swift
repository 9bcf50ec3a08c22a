import API
import Conferences
import Hummingbird
import SQLite
import Storage
import Vocabulary
import WebUI

/// Which sites can take part in a conference now, and why others cannot: the worst first, searched and filtered.
struct ConferenceRoute: Sendable {
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
        _ connection: Connection, _ query: ConferencePage.Query, scope: Scope, now: Instant
    ) throws -> ConferencePage {
        let overview = try ConferenceOverview(connection, scope: scope, at: now)
        let places = try Places(connection, scope: scope)
        let text = SearchText(query.text)
        let rows = overview.entries.filter { entry in
            let readiness = entry.readiness
            guard query.level == nil || readiness.level == query.level,
                query.verdict == nil || readiness.verdict == query.verdict,
                query.gate.map({ readiness[$0].isTrouble }) ?? true
            else { return false }
            guard !text.isEmpty else { return true }
            let site = entry.site
            let words =
                [site.name, site.title, site.address] + site.units.map { places.named(unit: $0).title }
                + site.contacts.flatMap { [$0.name, $0.phone] }
            return text.isFound(in: words.joined(separator: " "))
        }.map { entry in
            ConferencePage.Row(
                Named(entry.site.name, title: entry.site.title), entry.readiness, blame: entry.blameTitle,
                sharing: entry.sharing,
                contact: places.contact(site: entry.site.name, unit: entry.site.units.first ?? ""))
        }
        return ConferencePage(
            query: query, conference: overview.conference, levels: overview.levels, rows: rows,
            causes: overview.causes.map {
                ConferencePage.Cause(
                    Named($0.blame.asset, title: $0.title), incident: $0.blame.incident, sites: $0.sites)
            },
            newestData: overview.entries.compactMap(\.asked).max())
    }

    private static func query(_ request: Request) -> ConferencePage.Query {
        let items = FormQuery(request)
        return ConferencePage.Query(
            text: items["q"].map { String($0.prefix(200)) } ?? "",
            level: items["level"].flatMap { $0.isEmpty ? nil : $0 },
            verdict: items["state"].flatMap(SiteReadiness.Verdict.init(rawValue:)),
            gate: items["gate"].flatMap(Gate.init(rawValue:)))
    }
}

extension GateStanding {
    fileprivate var isTrouble: Bool {
        switch state {
        case .down, .degraded, .maintenance, .outsideHours: true
        case .ok, .unknown, .behind, .notWatched: false
        }
    }
}
