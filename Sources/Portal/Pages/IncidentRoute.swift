import API
import Hummingbird
import SQLite
import Storage
import Vocabulary
import WebUI

/// One incident, with why who was told, and the forms that say who has it.
struct IncidentRoute: Sendable {
    private static let decisions = 500

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            services.answer(try await page(caller, request, context), request, context)
        }
    }

    func page(_ caller: Caller, _ request: Request, _ context: PortalContext) async throws -> IncidentPage {
        let text = try context.parameters.require("id")
        let language = services.viewer(request, context).language
        return try await services.api.database.read { connection in
            guard let number = Int64(text),
                let summary = try IncidentSummary(number, in: connection, scope: caller.scope)
            else { throw IncidentDesk.Refusal.noSuch(text).problem }
            return try Self.page(summary, caller, language, connection)
        }
    }

    private static func page(
        _ summary: IncidentSummary, _ caller: Caller, _ language: Language, _ connection: Connection
    ) throws -> IncidentPage {
        let places = try Places(connection, scope: caller.scope)
        let id = summary.incident.id
        let shown = Set(summary.alerts.compactMap(\.check))
        var page = IncidentPage(
            number: id, row: AlertsPage.Row(summary, places),
            alerts: summary.alerts.map { AlertsPage.Row($0, places) }, unaffected: summary.unaffected.map { Named($0) },
            quiet: summary.quiet.map { Named($0) },
            // What an explanation names may lie outside what a reader of one unit sees.
            explanations: caller.scope == .everything
                ? summary.explanations.map {
                    .init(
                        asset: Named($0.asset), explains: $0.explains, of: $0.of, failing: $0.failing, below: $0.below)
                } : [],
            messages: try MessageStore(connection).list(incident: id).map {
                .init(
                    route: $0.route, kind: $0.kind, sent: $0.sent,
                    held: $0.sent == nil && $0.refused == nil ? $0.held : nil,
                    problem: caller.role == .administrator ? $0.problem : "")
            },
            decisions: try DecisionStore(connection).lines(incident: id, scope: caller.scope, limit: decisions)
                .filter { $0.check.map(shown.contains) ?? true }
                .map {
                    .init(
                        at: $0.at, subject: $0.check?.rawValue ?? "",
                        sentence: DecisionSentence(verdict: $0.verdict, detail: $0.detail, language: language))
                })
        page.holder = summary.acknowledged.map { .init(name: $0.who, until: $0.until) }
        page.notes = summary.notes.map { IncidentPage.Note($0) }
        page.paths = try paths(summary, caller, connection)
        page.isMerged = summary.incident.mergedInto != nil
        page.longest = IncidentDesk.longest
        return page
    }

    /// The way to what is at the root, where it was followed since the trouble began.
    private static func paths(
        _ summary: IncidentSummary, _ caller: Caller, _ connection: Connection
    ) throws -> [PathPair] {
        guard let asset = try AssetStore(connection).asset(named: summary.first.asset, scope: caller.scope) else {
            return []
        }
        let all = PathPair.pairs(of: try PathStore(connection).paths(assetID: asset.id))
        return all.filter { $0.now.seen > summary.incident.opened - .seconds(60) }
    }
}
