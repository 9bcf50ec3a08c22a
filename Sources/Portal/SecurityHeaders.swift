import HTTPTypes
import Hummingbird

/// Headers that keep browsers from doing what no page of ours needs.
struct SecurityHeaders: RouterMiddleware {
    let isSecure: Bool

    func handle(
        _ request: Request, context: PortalContext,
        next: @concurrent (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "same-origin" }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }
}

/// On the plain loopback port: answers only to the names of the loopback, so that no foreign page can be
/// re-pointed at it (DNS rebinding).
struct LoopbackNames: RouterMiddleware {
    func handle(
        _ request: Request, context: PortalContext,
        next: @concurrent (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let host = request.head.authority ?? ""
        let isOurs = ["127.0.0.1", "localhost", "[::1]"].contains { name in
            host == name || host.hasPrefix("\(name):") && UInt16(host.dropFirst(name.count + 1)) != nil
        }
        guard isOurs else {
            throw HTTPError(.misdirectedRequest, message: "this port answers on the loopback only")
        }
        return try await next(request, context)
    }
}
