extension ChannelSettings {
    /// A person or a group that a Zalo Official Account may write to.
    package struct ZaloOA: Codable, Hashable, Sendable {
        package enum Receiver: Codable, Hashable, Sendable {
            /// The account's own number of a person who follows it.
            case user(String)
            /// A group that the account has made (GMF).
            case group(String)
        }

        package static let publicServer = "https://openapi.zalo.me"
        package static let publicLogin = "https://oauth.zaloapp.com"

        package var to: Receiver
        /// The number of the application that the account has let in.
        package var app: String
        /// The name of the secret that holds the application's key.
        package var secret: String
        /// The name of the secret that holds the refresh token; it is used up and set anew by the collector.
        package var token: String
        /// Where messages go, and where tokens come from, when a proxy of one's own stands between.
        package var server: String?
        package var login: String?

        package init(
            to: Receiver, app: String, secret: String, token: String, server: String? = nil, login: String? = nil
        ) {
            self.to = to
            self.app = app
            self.secret = secret
            self.token = token
            self.server = server
            self.login = login
        }
    }
}
