import API
import Foundation
import Hummingbird
import Keys
import NIOCore

/// The fields of a submitted form, checked to come from a page of ours.
struct Form: Sendable {
    private let fields: [String: String]

    /// Reads the body without asking where it comes from: for what harms nobody when another site sends it.
    init(unguarded request: Request) async throws {
        let body = request.body
        let buffer = try await body.collect(upTo: 64 << 10)
        let text = String(buffer: buffer)
        do {
            fields = try URLEncodedFormDecoder().decode([String: String].self, from: text)
        } catch {
            throw Problem(.badRequest, "bad-form", "the form could not be read")
        }
    }

    /// Reads the body and demands the CSRF token that the page carried.
    init(_ request: Request, csrfToken: String) async throws {
        try await self.init(unguarded: request)
        guard !csrfToken.isEmpty, let given = fields["csrf"],
            Array(given.utf8).isEqualInConstantTime(to: Array(csrfToken.utf8))
        else {
            throw Problem(.forbidden, "bad-csrf", "the form was not sent from a page of this session; load it again")
        }
    }

    subscript(name: String) -> String {
        fields[name] ?? ""
    }
}
