import Notify

extension ResourceReader {
    func mail(_ fields: Fields, _ channel: inout Fields) -> ChannelSettings {
        var fields = fields
        let server = fields.text("server")
        if !server.hasPrefix("smtp://"), !server.hasPrefix("smtps://") {
            fields.fail("server: \"\(server)\" is no smtp:// or smtps:// URL")
        }
        let from = fields.text("from")
        let to = fields.texts("to").map(\.text)
        for address in [from] + to where !address.contains("@") || address.contains(where: \.isWhitespace) {
            fields.fail("\"\(address)\" is no mail address")
        }
        if to.isEmpty { fields.fail("to names nobody") }
        let encryption: ChannelSettings.Mail.Encryption = fields.word("encryption", default: .required)
        let user = fields.text("user", default: "")
        let secret = fields.text("secret", default: "")
        if user.isEmpty != secret.isEmpty { fields.fail("user and secret go together") }
        if !user.isEmpty, encryption == .none { fields.fail("a password is not sent without encryption") }
        fields.finish()
        channel.absorb(fields)
        return .mail(
            .init(server: server, from: from, to: to, encryption: encryption, user: user, secret: secret))
    }
}
