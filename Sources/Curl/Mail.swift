/// A mail to hand to a mail server.
package struct Mail: Sendable {
    package enum Encryption: Hashable, Sendable {
        /// STARTTLS or nothing is sent (`smtps` is encrypted from the start anyway).
        case required
        /// STARTTLS when the server offers it.
        case opportunistic
        case none
    }

    /// A user and a password; the password is in no description.
    package struct Login: Sendable, CustomStringConvertible, CustomReflectable {
        package var user: String
        package var password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }

        package var description: String { "login of \(user)" }
        package var customMirror: Mirror { Mirror(self, children: ["login": description]) }
    }

    /// Envelope addresses without angle brackets.
    package var sender: String
    package var recipients: [String]
    /// The whole message with its header fields, lines ended by CR LF.
    package var message: [UInt8]
    package var encryption: Encryption
    package var login: Login?

    package init(
        from sender: String, to recipients: [String], message: [UInt8], encryption: Encryption = .required,
        login: Login? = nil
    ) {
        self.sender = sender
        self.recipients = recipients
        self.message = message
        self.encryption = encryption
        self.login = login
    }
}
