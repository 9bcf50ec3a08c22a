import Foundation
package import Hummingbird
import NIOCore

/// An answer that says no, as `application/problem+json` (RFC 9457).
package struct Problem: HTTPResponseError {
    package var status: HTTPResponse.Status
    /// Stable, for programs.
    package var code: String
    /// For people.
    package var detail: String

    package init(_ status: HTTPResponse.Status, _ code: String, _ detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }

    package static let onlyAdministrators = Problem(
        .forbidden, "administrators-only", "this takes an administrator; readers see and change nothing")

    package func response(from request: Request, context: some RequestContext) throws -> Response {
        let body = ["type": "about:blank", "title": status.reasonPhrase, "code": code, "detail": detail]
        var response = try Response(json: body)
        response.status = status
        response.headers[.contentType] = "application/problem+json"
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}

extension Response {
    /// A value as JSON, keys in order.
    package init(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }
}
