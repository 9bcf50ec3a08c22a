import ProbeSettings

/// How a check lets itself be let in: a scheme, a name, and where the password or token is.
package struct HTTPAccess: Hashable, Sendable {
    package enum Scheme: String, CaseIterable, Hashable, Sendable {
        /// RFC 7617.
        case basic
        /// RFC 7616.
        case digest
        /// RFC 6750.
        case bearer
    }

    package var scheme: Scheme
    /// Empty for `bearer`.
    package var login: String
    /// The name of a secret that the collector sends, or the path of a file on the agent's machine: its first line is the
    /// password or the token.
    package var secret: String

    /// nil without a secret: a rule may say how, and each asset whether.
    init?(from reader: inout SettingsReader) throws(SettingsError) {
        let login = reader.text("login", default: "")
        let scheme: Scheme = try reader.choice("auth", default: login.isEmpty ? .bearer : .basic)
        let secret = reader.text("secret")
        guard (scheme == .bearer) == login.isEmpty else {
            throw SettingsError(
                key: "auth",
                problem: scheme == .bearer ? "bearer takes no login, only a secret" : "\(scheme.rawValue) takes a login"
            )
        }
        guard !login.contains(":"), login.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw SettingsError(key: "login", problem: "\"\(login)\" is no name to log in with")
        }
        guard let secret else { return nil }
        guard !secret.isEmpty, !secret.contains(where: \.isWhitespace) else {
            throw SettingsError(
                key: "secret", problem: "takes a secret's name or the path of a file with the password or token")
        }
        self.scheme = scheme
        self.login = login
        self.secret = secret
    }
}
