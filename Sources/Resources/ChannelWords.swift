import Courier
import Notify

/// A channel on one line, every setting of it, for whoever reads what a change was.
enum ChannelWords {
    static func of(_ channel: ChannelSettings) -> String {
        switch channel {
        case .webhook(let webhook):
            "webhook \(webhook.url)"
                + list([
                    ("with the headers", headers(webhook)), ("signed with", webhook.secret), ("as", webhook.token),
                    ("written as", webhook.template),
                ])
        case .mail(let mail):
            "mail \(mail.server) from \(mail.from) to \(mail.to.joined(separator: ", ")), \(mail.encryption.rawValue)"
                + (mail.user.isEmpty ? "" : ", as \(mail.user) with \(mail.secret)")
        case .telegram(let telegram):
            "telegram \(telegram.chat)"
                + list([
                    ("topic", telegram.topic.map(String.init)), ("with", telegram.secret), ("through", telegram.server),
                ])
        case .zaloOA(let zalo):
            "zaloOA \(receiver(zalo)), app \(zalo.app) with \(zalo.secret) and \(zalo.token)"
                + list([("through", zalo.server), ("login at", zalo.login)])
        case .sms(let sms):
            "sms \(sms.url) to \(sms.to)"
                + list([
                    ("written as", sms.body), ("which is", sms.contentType), ("with", sms.secret), ("as", sms.token),
                    ("taken when it says", sms.success),
                ])
        }
    }

    private static func headers(_ webhook: ChannelSettings.Webhook) -> String? {
        webhook.headers.map { headers in
            headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
        }
    }

    private static func receiver(_ zalo: ChannelSettings.ZaloOA) -> String {
        switch zalo.to {
        case .user(let id): "user \(id)"
        case .group(let id): "group \(id)"
        }
    }

    private static func list(_ settings: [(String, String?)]) -> String {
        settings.map { word, value in
            value.map { ", \(word) \($0.split(separator: "\n").joined(separator: " "))" } ?? ""
        }.joined()
    }
}
