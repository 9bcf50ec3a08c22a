import API
import Hummingbird
import Storage
import Vocabulary
import WebUI

/// What was found on machines, and what people do about it.
struct FindingsRoute: Sendable {
    private static let rows = 200

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let page = try await services.api.database.read { connection in
                let listed = { (isOpen: Bool) in
                    try FindingStore(connection).list(.init(isOpen: isOpen), scope: caller.scope, limit: Self.rows)
                        .map { FindingsPage.Row($0) }
                }
                return FindingsPage(open: try listed(true), closed: try listed(false))
            }
            return services.answer(page, request, context)
        }
    }

    /// A button of the page: back to where it was pressed.
    func act(_ action: FindingAction, _ request: Request, _ context: PortalContext) async throws -> Response {
        guard let session = context.session else { return .redirect(to: "/sign-in", type: .normal) }
        guard !session.person.mustChangePassword else { return .redirect(to: "/password", type: .normal) }
        let fields = try await Form(request, csrfToken: session.csrfToken)
        // The form proves what a cookie alone does not: that the person meant it.
        let person = session.person
        let scope = try await services.api.database.read { try PersonStore($0).scope(of: person) }
        _ = try await action.perform(
            on: try context.parameters.require("id"),
            by: Caller(name: person.name, role: person.role, scope: scope), services: services.api)
        return .redirect(to: fields["return"].ownPath, type: .normal)
    }
}

extension FindingsPage.Row {
    init(_ listed: FindingStore.Listed) {
        self.init(
            id: listed.id, asset: Named(listed.asset, title: listed.title), finding: listed.finding,
            acknowledgedBy: listed.acknowledged?.by, closed: listed.closed?.at, closedBy: listed.closed?.by)
    }
}
