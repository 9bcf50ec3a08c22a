import API
import Hummingbird
import Storage
import Vocabulary
import WebUI

/// Who did what; for administrators.
struct AuditRoute: Sendable {
    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            guard caller.role == .administrator else { throw HTTPError(.forbidden) }
            let items = FormQuery(request)
            let (before, after) = (items["before"].flatMap { Int64($0) }, items["after"].flatMap { Int64($0) })
            let page = try await services.api.database.read { connection in
                try Self.page(AuditStore(connection), before: before, after: after)
            }
            return services.answer(page, request, context)
        }
    }

    /// One line more than a page holds tells whether there is another page.
    private static func page(_ store: AuditStore, before: Int64?, after: Int64?) throws -> AuditPage {
        let size = AuditPage.size
        if let after {
            let found = try store.entries(after: after, limit: size + 1)
            // Fewer than a page: the newest page as it is, so that no page is short but the last.
            guard found.count > size else { return try page(store, before: nil, after: nil) }
            let shown = Array(found.suffix(size))
            return AuditPage(
                rows: shown.map { AuditPage.Row($0.line) }, older: shown.last?.id, newer: shown.first?.id)
        }
        let found = try store.entries(before: before, limit: size + 1)
        let shown = Array(found.prefix(size))
        let isNewest = try shown.first.map { try store.entries(after: $0.id, limit: 1).isEmpty } ?? (before == nil)
        return AuditPage(
            rows: shown.map { AuditPage.Row($0.line) }, older: found.count > size ? shown.last?.id : nil,
            newer: isNewest ? nil : shown.first?.id ?? 0)
    }
}

extension AuditPage.Row {
    fileprivate init(_ line: AuditStore.Line) {
        self.init(at: line.at, who: line.who, action: line.action, subject: line.subject, detail: line.detail)
    }
}
