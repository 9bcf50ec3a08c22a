import Detection
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
        let first = channel("channel", &fields)
        let fallback = fields.has("fallback") ? channel("fallback", &fields) : nil
        let proof: RouteChannels.Proof = fields.word("proofOfLife", default: .weekly)
        let quiet = quietHours(&fields)
        fields.finish()
        return first.map { first in
            RouteResource(
                name: name, importance: importance.isEmpty ? Set(Importance.allCases) : importance,
                language: language.rawValue,
                channels: RouteChannels(first: first, fallback: fallback, proof: proof, quiet: quiet))
        }
    }

    /// `quietHours: {normal: daily 22:00-06:00, low: [mon-fri 18:00-07:00, "sat,sun 00:00-24:00"]}`
    private func quietHours(_ fields: inout Fields) -> QuietHours {
        guard var quiet = fields.fields("quietHours") else { return .none }
        defer {
            quiet.finish()
            fields.absorb(quiet)
        }
        var result = QuietHours.none
        var rules: [Importance: [DayRule]] = [:]
        for importance in Importance.allCases {
            for (line, text) in quiet.texts(importance.rawValue) {
                do {
                    rules[importance, default: []].append(try DayRule(text))
                    result = try QuietHours(rules)
                } catch {
                    quiet.fail("quietHours: \(importance.rawValue): \(error)", at: line)
                }
            }
        }
        return result
    }

    private func channel(_ key: String, _ fields: inout Fields) -> ChannelSettings? {
        let line = fields.line(of: key)
        guard var channel = fields.fields(key) else {
            fields.fail(
                "\(key) is missing: one of {webhook: {url: …}}, {mail: {server: …, from: …, to: […]}}, "
                    + "{telegram: {chat: …, secret: …}}, {zaloOA: {user: …, app: …, secret: …, token: …}}, "
                    + "{sms: {url: …, to: …}}", at: line)
            return nil
        }
        var settings: [ChannelSettings] = []
        if let webhook = channel.fields("webhook") { settings.append(self.webhook(webhook, &channel)) }
        if let mail = channel.fields("mail") { settings.append(self.mail(mail, &channel)) }
        if let telegram = channel.fields("telegram") { settings.append(self.telegram(telegram, &channel)) }
        if let zalo = channel.fields("zaloOA") { settings.append(self.zaloOA(zalo, &channel)) }
        if let sms = channel.fields("sms") { settings.append(self.sms(sms, &channel)) }
        if settings.count != 1 {
            channel.fail(
                settings.isEmpty
                    ? "\(key) is neither webhook, mail, telegram, zaloOA nor sms"
                    : "\(key) is one of them: for a second one there is `fallback`", at: line)
        }
        channel.finish()
        fields.absorb(channel)
        return settings.first
    }
}
