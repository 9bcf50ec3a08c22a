import API
import Hummingbird
import Keys
import Storage
import Vocabulary

/// Reads who asks: a bearer token for programs, a session cookie for people. Who must be known is the routes' matter.
struct IdentityMiddleware: RouterMiddleware {
    let sessions: Sessions

    func handle(
        _ request: Request, context: PortalContext,
        next: @concurrent (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let authorization = request.headers[.authorization] {
            context.caller = try await caller(authorization)
        } else if let session = try await sessions.session(of: request) {
            context.session = session
            // With a one-time password nothing is open but the page that changes it. And a cookie alone may only read:
            // browsers add it to what other sites make them send; our own forms prove themselves to their routes.
            if !session.person.mustChangePassword, request.method == .get || request.method == .head {
                context.caller = try await caller(session.person)
            }
        }
        return try await next(request, context)
    }

    private func caller(_ authorization: String) async throws -> Caller {
        let prefix = "Bearer "
        guard authorization.hasPrefix(prefix), authorization.utf8.count <= 256 else {
            throw Problem(.unauthorized, "unauthorized", "the Authorization header is not Bearer and a token")
        }
        let hash = try Digest.sha256(Array(authorization.dropFirst(prefix.count).utf8))
        guard let person = try await sessions.database.read({ try PersonStore($0).person(tokenHash: hash) }) else {
            throw Problem(.unauthorized, "unauthorized", "this token is unknown")
        }
        return try await caller(person)
    }

    private func caller(_ person: PersonStore.Person) async throws -> Caller {
        let scope = try await sessions.database.read { try PersonStore($0).scope(of: person) }
        return Caller(name: person.name, role: person.role, scope: scope)
    }
}
