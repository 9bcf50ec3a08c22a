import API
import Hummingbird
import Storage
import Vocabulary

/// Refuses a reader whatever could change something, before any route sees it: none can forget to ask.
struct ReadersRead: RouterMiddleware {
    /// Forms that change nothing but the person's own session, password and browser.
    static let own: Set<String> = ["/sign-in", "/sign-out", "/password", "/preferences"]

    func handle(
        _ request: Request, context: PortalContext,
        next: @concurrent (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let isReading = request.method == .get || request.method == .head
        let role = context.caller?.role ?? context.session?.person.role
        guard isReading || role != .reader || Self.own.contains(request.uri.path) else {
            throw Problem.onlyAdministrators
        }
        return try await next(request, context)
    }
}
