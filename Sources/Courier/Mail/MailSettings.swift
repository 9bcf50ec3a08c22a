/// A mail server and who is written to.
package struct MailSettings: Codable, Hashable, Sendable {
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

    /// Why there is no such server; nil when there may be.
    package static func objection(toServer server: String) -> String? {
        server.hasPrefix("smtp://") || server.hasPrefix("smtps://")
            ? nil : "\"\(server)\" is no smtp:// or smtps:// URL"
    }

    /// Why nobody is written to under that; nil when somebody may be.
    package static func objection(toAddress address: String) -> String? {
        address.contains("@") && !address.contains(where: \.isWhitespace) ? nil : "\"\(address)\" is no mail address"
    }

    /// Why nobody logs in like that; nil when somebody may, or need not.
    package var loginObjection: String? {
        if user.isEmpty != secret.isEmpty { return "user and secret go together" }
        return !user.isEmpty && encryption == .none ? "a password is not sent without encryption" : nil
    }
}
