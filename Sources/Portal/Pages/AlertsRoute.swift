import API
import Hummingbird
import SQLite
import Storage
import Vocabulary
import WebUI

/// What somebody must act on, and what is over: a row for each incident.
struct AlertsRoute: Sendable {
    private static let rows = 200

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let page = try await services.api.database.read { connection in
                let places = try Places(connection, scope: caller.scope)
                let store = IncidentStore(connection)
                let listed = { (isOpen: Bool) in
                    try store.list(open: isOpen, scope: caller.scope, limit: Self.rows).compactMap {
                        try IncidentSummary($0.id, in: connection, scope: caller.scope)
                    }.map { AlertsPage.Row($0, places) }
                }
                return AlertsPage(open: try listed(true), resolved: try listed(false))
            }
            return services.answer(page, request, context)
        }
    }
}

extension AlertsPage.Row {
    /// An alert by itself.
    init(_ alert: AlertStore.Listed, _ places: Places) {
        self.init(
            asset: Named(alert.asset, title: alert.title), subject: alert.check.map { String($0.part) } ?? "",
            site: places.named(site: alert.site), standing: Standing(alert.outcome.state), reason: alert.outcome.reason,
            opened: alert.since, resolved: alert.resolved,
            contact: places.contact(site: alert.site, unit: alert.unit))
        acknowledgedBy = alert.acknowledgedBy
    }

    /// An incident, by the alert that stands for it.
    init(_ summary: IncidentSummary, _ places: Places) {
        self.init(summary.first, places)
        opened = summary.since
        resolved = summary.incident.resolved
        acknowledgedBy = summary.acknowledged?.who
        acknowledgedUntil = summary.acknowledged?.until
        incident = summary.incident.id
        cause = IncidentCause(summary.incident) { places.named(site: $0) }
        others = summary.others.count
        overran = Overrun(summary)
    }
}
