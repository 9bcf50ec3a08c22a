import API
import HTTPTypes
import Hummingbird
import Logging
import WebUI

/// Outermost: logs what failed with its request id, and answers people with a page and programs with a problem.
struct ErrorPages: RouterMiddleware {
    let services: PageServices

    func handle(
        _ request: Request, context: PortalContext,
        next: @concurrent (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem where request.uri.path.hasPrefix("/api/") {
            return try problem.response(from: request, context: context)
        } catch {
            let status = (error as? any HTTPResponseError)?.status ?? .internalServerError
            if status.code >= 500 {
                context.logger.error("Failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            }
            if request.uri.path.hasPrefix("/api/") {
                let code = status == .notFound ? "not-found" : "failed"
                return try Problem(status, code, "request \(context.requestID)").response(
                    from: request, context: context)
            }
            return page(status, request, await known(context, by: request))
        }
    }

    /// With the session of the request: what failed further in does not come back with it, and a page without
    /// navigation looks as if one had been signed out.
    private func known(_ context: PortalContext, by request: Request) async -> PortalContext {
        var context = context
        do {
            context.session = try await services.sessions.session(of: request)
        } catch {
            context.logger.error("Session unread", metadata: ["error": "\(error)"])
        }
        return context
    }

    private func page(_ status: HTTPResponse.Status, _ request: Request, _ context: PortalContext) -> Response {
        let kind: MessagePage.Kind =
            switch status.code {
            case 404: .notFound
            case 429: .tooManyRequests
            case 500...: .serverError
            default: .forbidden
            }
        let html = MessagePage(kind, requestID: context.requestID).html(for: services.viewer(request, context))
        return Response(html: html, status: status)
    }
}
