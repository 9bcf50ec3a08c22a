import Courier
import Notify

extension Document {
    /// A channel as it stands in a file.
    init(_ channel: ChannelSettings) {
        self.init()
        var inner = Document()
        switch channel {
        case .webhook(let webhook): inner.add(webhook)
        case .mail(let mail): inner.add(mail)
        case .telegram(let telegram):
            inner.add("chat", telegram.chat)
            inner.add("topic", plain: telegram.topic.map(String.init) ?? "")
            inner.add("secret", telegram.secret)
            inner.add("server", telegram.server ?? "")
        case .zaloOA(let zalo): inner.add(zalo)
        case .sms(let sms): inner.add(sms)
        }
        add(channel.kind, inner)
    }

    private mutating func add(_ webhook: ChannelSettings.Webhook) {
        add("url", webhook.url)
        var headers = Document()
        for (name, value) in (webhook.headers ?? [:]).sorted(by: { $0.key < $1.key }) { headers.add(name, value) }
        add("headers", headers)
        add("secret", webhook.secret ?? "")
        add("token", webhook.token ?? "")
        add("template", webhook.template ?? "")
    }

    private mutating func add(_ mail: ChannelSettings.Mail) {
        add("server", mail.server)
        add("from", mail.from)
        add("to", mail.to)
        add("encryption", mail.encryption.rawValue)
        add("user", mail.user)
        add("secret", mail.secret)
    }

    private mutating func add(_ zalo: ChannelSettings.ZaloOA) {
        switch zalo.to {
        case .user(let user): add("user", user)
        case .group(let group): add("group", group)
        }
        add("app", zalo.app)
        add("secret", zalo.secret)
        add("token", zalo.token)
        add("server", zalo.server ?? "")
        add("login", zalo.login ?? "")
    }

    private mutating func add(_ sms: ChannelSettings.SMS) {
        add("url", sms.url)
        add("to", sms.to)
        add("body", sms.body ?? "")
        add("contentType", sms.contentType ?? "")
        add("secret", sms.secret ?? "")
        add("token", sms.token ?? "")
        add("success", sms.success ?? "")
    }
}
