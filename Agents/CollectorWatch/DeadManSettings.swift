package import Courier
package import ProbeSettings

/// What `agent.conf` says of the dead-man: whether this agent tells when the collector is silent, and whom.
package struct DeadManSettings: Hashable, Sendable {
    package enum Language: String, CaseIterable, Hashable, Sendable {
        case vietnamese = "vi"
        case english = "en"
    }

    /// Of silence, before anybody is told.
    package var after = Duration.seconds(40)
    package var language = Language.vietnamese
    /// In both, what names a secret is the path of the file that holds it.
    package var webhook: WebhookSettings?
    package var mail: MailSettings?

    package init() {}

    package static let keys = [
        "dead-man-after", "dead-man-language", "dead-man-webhook", keyFile, tokenFile, "dead-man-mail-server",
        "dead-man-mail-from", "dead-man-mail-to", "dead-man-mail-encryption", "dead-man-mail-user", passwordFile,
    ]
    package static let keyFile = "dead-man-webhook-key-file"
    package static let tokenFile = "dead-man-webhook-token-file"
    package static let passwordFile = "dead-man-mail-password-file"

    /// Less would take a collector that is only started anew, or a slow delivery, for a dead one.
    private static let bounds = Duration.seconds(30)...Duration.seconds(86_400)

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        var given = reader
        let first = ["dead-man-after", "dead-man-language"].first { given.text($0) != nil }
        after = try reader.duration("dead-man-after", in: Self.bounds, default: after)
        language = try reader.choice("dead-man-language", default: language)
        webhook = try Self.webhook(&reader)
        mail = try Self.mail(&reader)
        if let first, !isOn {
            throw SettingsError(
                key: first, problem: "neither dead-man-webhook nor dead-man-mail-server says who is to be told")
        }
    }

    /// Whether anybody is to be told.
    package var isOn: Bool { webhook != nil || mail != nil }

    /// The files to read secrets from, by the key that names them.
    package var secretFiles: [String: String] {
        var files: [String: String] = [:]
        files[Self.keyFile] = webhook?.secret
        files[Self.tokenFile] = webhook?.token
        if let mail, !mail.secret.isEmpty { files[Self.passwordFile] = mail.secret }
        return files
    }

    private static func webhook(_ reader: inout SettingsReader) throws(SettingsError) -> WebhookSettings? {
        let url = reader.text("dead-man-webhook")
        let key = try file(keyFile, &reader)
        let token = try file(tokenFile, &reader)
        guard let url else {
            for (name, value) in [(keyFile, key), (tokenFile, token)] where value != nil {
                throw SettingsError(key: name, problem: "without dead-man-webhook there is nothing to use it for")
            }
            return nil
        }
        if let objection = WebhookSettings.objection(toURL: url) {
            throw SettingsError(key: "dead-man-webhook", problem: objection)
        }
        return WebhookSettings(url: url, secret: key, token: token)
    }

    private static func mail(_ reader: inout SettingsReader) throws(SettingsError) -> MailSettings? {
        let server = reader.text("dead-man-mail-server")
        let from = reader.text("dead-man-mail-from")
        let to = reader.text("dead-man-mail-to")
        let encryption: MailSettings.Encryption = try reader.choice("dead-man-mail-encryption", default: .required)
        let user = reader.text("dead-man-mail-user", default: "")
        let password = try file(passwordFile, &reader)
        guard let server else {
            for (name, value) in [
                ("dead-man-mail-from", from), ("dead-man-mail-to", to),
                ("dead-man-mail-user", user.isEmpty ? nil : user), (passwordFile, password),
            ] where value != nil {
                throw SettingsError(key: name, problem: "without dead-man-mail-server nothing is mailed")
            }
            return nil
        }
        if let objection = MailSettings.objection(toServer: server) {
            throw SettingsError(key: "dead-man-mail-server", problem: objection)
        }
        let receivers = (to ?? "").split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
        let addresses = [("dead-man-mail-from", [from ?? ""]), ("dead-man-mail-to", receivers)]
        for (key, values) in addresses {
            if values.isEmpty { throw SettingsError(key: key, problem: "names nobody") }
            for objection in values.compactMap(MailSettings.objection(toAddress:)) {
                throw SettingsError(key: key, problem: objection)
            }
        }
        let settings = MailSettings(
            server: server, from: from ?? "", to: receivers, encryption: encryption, user: user, secret: password ?? "")
        if let objection = settings.loginObjection {
            throw SettingsError(key: "dead-man-mail-user", problem: objection)
        }
        return settings
    }

    /// The path of a file with a secret in it.
    private static func file(_ key: String, _ reader: inout SettingsReader) throws(SettingsError) -> String? {
        guard let path = reader.text(key) else { return nil }
        guard path.hasPrefix("/") || path.hasPrefix("./") else {
            throw SettingsError(key: key, problem: "\"\(path)\" is not a path such as /etc/haidang/dead-man.secret")
        }
        return path
    }
}
