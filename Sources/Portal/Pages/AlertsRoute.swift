import API
import Hummingbird
import Storage
import Vocabulary
import WebUI

/// What somebody must act on, and what is over.
struct AlertsRoute: Sendable {
    private static let rows = 200

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let (open, resolved) = try await services.api.database.read { connection in
                let store = AlertStore(connection)
                return (
                    try store.list(open: true, scope: caller.scope, limit: Self.rows),
                    try store.list(open: false, scope: caller.scope, limit: Self.rows)
                )
            }
            let page = AlertsPage(open: open.map(Self.row), resolved: resolved.map(Self.row))
            return services.answer(page, request, context)
        }
    }

    private static func row(_ alert: AlertStore.Listed) -> AlertsPage.Row {
        AlertsPage.Row(
            asset: alert.asset, subject: alert.check.map { String($0.part) } ?? "", site: alert.site,
            standing: Standing(alert.outcome.state), reason: alert.outcome.reason, opened: alert.since,
            resolved: alert.resolved)
    }
}
