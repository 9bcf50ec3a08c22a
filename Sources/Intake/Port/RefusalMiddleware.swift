import Hummingbird
import Logging
import NIOCore

/// Outermost: says in the log why a request was refused, and gives no cause of ours to the other side.
struct RefusalMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: AgentContext,
        next: @concurrent (Request, AgentContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let refusal as Refusal {
            context.logger.warning(
                "Refused",
                metadata: [
                    "path": "\(request.uri.path)", "from": "\(context.peer)", "code": "\(refusal.code)",
                    "problem": "\(refusal.problem)",
                ])
            return try refusal.response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            return try error.response(from: request, context: context)
        } catch {
            context.logger.error("Failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return try Refusal(.internalServerError, "failed", "the collector could not do it; its log says why")
                .response(from: request, context: context)
        }
    }
}
