extension ChannelSettings {
    /// A gateway that sends short messages for whoever asks it by HTTP.
    package struct SMS: Codable, Hashable, Sendable {
        /// With `{{to}}`, `{{text}}`, `{{id}}` and `{{secret}}` where the gateway wants them.
        package var url: String
        /// Digits, with or without a plus in front.
        package var to: String
        /// The body of a POST, with the same names; nil: a GET, and everything stands in the URL.
        package var body: String?
        /// `application/json` when it says nothing.
        package var contentType: String?
        /// The name of the secret that `{{secret}}` stands for.
        package var secret: String?
        /// The name of the secret that goes out as `Authorization: Bearer …`.
        package var token: String?
        /// What the answer holds when the message was taken; many gateways say 200 to everything.
        package var success: String?

        package init(
            url: String, to: String, body: String? = nil, contentType: String? = nil, secret: String? = nil,
            token: String? = nil, success: String? = nil
        ) {
            self.url = url
            self.to = to
            self.body = body
            self.contentType = contentType
            self.secret = secret
            self.token = token
            self.success = success
        }

        package var bodyType: String { contentType ?? "application/json" }
    }
}
