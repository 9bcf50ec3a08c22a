import Courier
import Notify

extension ResourceReader {
    func mail(_ fields: Fields, _ channel: inout Fields) -> ChannelSettings {
        var fields = fields
        let server = fields.text("server")
        if let objection = MailSettings.objection(toServer: server) { fields.fail("server: \(objection)") }
        let from = fields.text("from")
        let to = fields.texts("to").map(\.text)
        for objection in ([from] + to).compactMap(MailSettings.objection(toAddress:)) { fields.fail(objection) }
        if to.isEmpty { fields.fail("to names nobody") }
        let encryption: ChannelSettings.Mail.Encryption = fields.word("encryption", default: .required)
        let user = fields.text("user", default: "")
        let secret = fields.text("secret", default: "")
        let settings = MailSettings(
            server: server, from: from, to: to, encryption: encryption, user: user, secret: secret)
        if let objection = settings.loginObjection { fields.fail(objection) }
        fields.finish()
        channel.absorb(fields)
        return .mail(settings)
    }
}
