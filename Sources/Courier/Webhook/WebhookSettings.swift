import Curl

/// An HTTP server that takes messages.
package struct WebhookSettings: Codable, Hashable, Sendable {
    /// `http://…` or `https://…`.
    package var url: String
    /// The body in Mustache; nil: the body that the guide describes.
    package var template: String?
    /// Further header fields, and another `Content-Type`; never a credential.
    package var headers: [String: String]?
    /// The name of the secret whose HMAC signs each body.
    package var secret: String?
    /// The name of the secret that goes out as `Authorization: Bearer …`.
    package var token: String?

    package init(
        url: String, template: String? = nil, headers: [String: String]? = nil, secret: String? = nil,
        token: String? = nil
    ) {
        self.url = url
        self.template = template
        self.headers = headers
        self.secret = secret
        self.token = token
    }

    /// What the body is.
    package var contentType: String {
        headers?.first { $0.key.lowercased() == "content-type" }?.value ?? "application/json"
    }

    /// Why nothing is sent there; nil when something may be.
    package static func objection(toURL url: String) -> String? {
        url.hasPrefix("http://") || url.hasPrefix("https://") ? nil : "\"\(url)\" is no http or https URL"
    }

    /// Why a header field may not stand here; nil when it may.
    package static func objection(toHeader name: String, _ value: String) -> String? {
        guard Header(name, value).isSound else { return "\(name) with that value is no header field" }
        return switch name.lowercased() {
        case "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "apikey":
            "\(name) is a credential: `token` names the secret that holds one"
        case "host", "content-length", "transfer-encoding", "connection", "expect", "idempotency-key",
            "x-haidang-signature":
            "\(name) is set by the sender itself"
        default: nil
        }
    }
}
