package import Courier

/// What a route says of its channel; stored as JSON, written in YAML. Never holds a secret, only its name.
package enum ChannelSettings: Codable, Hashable, Sendable {
    case webhook(Webhook)
    case mail(Mail)
    case telegram(Telegram)
    case zaloOA(ZaloOA)
    case sms(SMS)

    // What an agent can be told, too.
    package typealias Webhook = WebhookSettings
    package typealias Mail = MailSettings

    /// The key under which it stands in a file.
    package var kind: String {
        switch self {
        case .webhook: "webhook"
        case .mail: "mail"
        case .telegram: "telegram"
        case .zaloOA: "zaloOA"
        case .sms: "sms"
        }
    }

    /// Whether people read it; programs want each message on its own.
    package var isForPeople: Bool {
        switch self {
        case .webhook: false
        case .mail, .telegram, .zaloOA, .sms: true
        }
    }

    /// The names of the secrets that it needs, each once.
    package var secrets: [String] {
        let names: [String?] =
            switch self {
            case .webhook(let webhook): [webhook.secret, webhook.token]
            case .mail(let mail): [mail.secret.isEmpty ? nil : mail.secret]
            case .telegram(let telegram): [telegram.secret]
            case .zaloOA(let zalo): [zalo.secret, zalo.token]
            case .sms(let sms): [sms.secret, sms.token]
            }
        var seen: Set<String> = []
        return names.compactMap { $0 }.filter { seen.insert($0).inserted }
    }
}
