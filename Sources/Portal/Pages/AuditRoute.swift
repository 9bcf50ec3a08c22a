import API
import Hummingbird
import Storage
import Vocabulary
import WebUI

/// Who did what; for administrators.
struct AuditRoute: Sendable {
    /// Further back is a matter for the API: every page asks for all lines before it.
    private static let pages = 100

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            guard caller.role == .administrator else { throw HTTPError(.forbidden) }
            let wanted = request.uri.queryParameters["page"].flatMap { Int($0) } ?? 1
            let (number, size) = (min(max(1, wanted), Self.pages), AuditPage.size)
            let lines = try await services.api.database.read { try AuditStore($0).lines(limit: number * size + 1) }
            let rows = lines.dropFirst((number - 1) * size)
            let page = AuditPage(
                rows: rows.prefix(size).map {
                    .init(at: $0.at, who: $0.who, action: $0.action, subject: $0.subject, detail: $0.detail)
                }, page: number, isMore: rows.count > size && number < Self.pages)
            return services.answer(page, request, context)
        }
    }
}
