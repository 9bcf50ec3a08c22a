package import Courier
package import Curl
internal import Keys
package import Vocabulary

/// A way to a receiver, ready to send.
package struct Telling: Sendable {
    /// `webhook` or `mail`: what it is called in the ledger and in the log.
    package var way: String
    package var channel: any Channel

    package init(way: String, channel: any Channel) {
        self.way = way
        self.channel = channel
    }

    /// Those of the settings. `secrets`: what the files of `secretFiles` hold, by the same keys.
    package static func all(
        _ settings: DeadManSettings, secrets: [String: String], engine: CurlEngine,
        now: @escaping @Sendable () -> Instant
    ) -> [Telling] {
        var all: [Telling] = []
        if let webhook = settings.webhook {
            let (key, token) = (secrets[DeadManSettings.keyFile], secrets[DeadManSettings.tokenFile])
            let channel = WebhookChannel(
                sender: HTTPSender(engine: engine, now: now), settings: webhook,
                credentials: .init(key: key.map(bytes), token: token), write: { WebhookBody.encoded($0) })
            all.append(discreet("webhook", channel, [key, token]))
        }
        if let mail = settings.mail {
            let password = secrets[DeadManSettings.passwordFile]
            all.append(
                discreet("mail", MailChannel(engine: engine, settings: mail, password: password, now: now), [password]))
        }
        return all
    }

    private static func bytes(_ text: String) -> SecretBytes {
        var bytes = Array(text.utf8)
        return SecretBytes(wiping: &bytes)
    }

    private static func discreet(_ way: String, _ channel: any Channel, _ secrets: [String?]) -> Telling {
        Telling(way: way, channel: DiscreetChannel(channel, secrets: secrets.compactMap { $0 }))
    }
}
