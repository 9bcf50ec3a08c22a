import Notify
import Vocabulary

extension ResourceReader {
    private enum Language: String, CaseIterable { case vi, en }

    func route(_ fields: inout Fields) -> RouteResource? {
        let name = fields.text("name")
        var importance: Set<Importance> = []
        if var match = fields.fields("match") {
            for (line, text) in match.texts("importance") {
                if let known = Importance(rawValue: text) {
                    importance.insert(known)
                } else {
                    match.fail("importance: \"\(text)\" is none of: \(Fields.all(Importance.self))", at: line)
                }
            }
            match.finish()
            fields.absorb(match)
        }
        let language: Language = fields.word("language", default: .vi)
        let channel = channel(&fields)
        fields.finish()
        return channel.map {
            RouteResource(
                name: name, importance: importance.isEmpty ? Set(Importance.allCases) : importance,
                language: language.rawValue, channel: $0)
        }
    }

    private func channel(_ fields: inout Fields) -> ChannelSettings? {
        guard var channel = fields.fields("channel") else {
            fields.fail("channel is missing: {webhook: {url: …}} or {mail: {server: …, from: …, to: […]}}")
            return nil
        }
        var settings: ChannelSettings?
        if let webhook = channel.fields("webhook") {
            settings = self.webhook(webhook, &channel)
        } else if let mail = channel.fields("mail") {
            settings = self.mail(mail, &channel)
        } else {
            channel.fail("channel is neither webhook nor mail")
        }
        channel.finish()
        fields.absorb(channel)
        return settings
    }

    private func webhook(_ fields: Fields, _ channel: inout Fields) -> ChannelSettings {
        var fields = fields
        let url = fields.text("url")
        if !url.hasPrefix("http://"), !url.hasPrefix("https://") {
            fields.fail("url: \"\(url)\" is no http or https URL")
        }
        fields.finish()
        channel.absorb(fields)
        return .webhook(.init(url: url))
    }

    private func mail(_ fields: Fields, _ channel: inout Fields) -> ChannelSettings {
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
