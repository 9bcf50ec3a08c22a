extension ChannelSettings {
    package struct Mail: Codable, Hashable, Sendable {
        package enum Encryption: String, Codable, CaseIterable, Hashable, Sendable {
            /// STARTTLS or `smtps://`; without it nothing is sent.
            case required
            case opportunistic
            case none
        }

        /// `smtp://host:port` or `smtps://host:port`.
        package var server: String
        package var from: String
        package var to: [String]
        package var encryption: Encryption
        /// Empty: no login.
        package var user: String
        /// The name of the secret that holds the password.
        package var secret: String

        package init(
            server: String, from: String, to: [String], encryption: Encryption = .required, user: String = "",
            secret: String = ""
        ) {
            self.server = server
            self.from = from
            self.to = to
            self.encryption = encryption
            self.user = user
            self.secret = secret
        }
    }
}
