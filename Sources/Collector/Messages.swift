import Curl
import Foundation
import Keys
import Logging
import Notify
import Storage
import Vocabulary
import WebUI

/// Opens channels and words messages for the outbox.
struct Messages: Sendable {
    let database: Database
    let curl: CurlEngine
    let secrets: SealedBox
    let now: @Sendable () -> Instant

    func outbox(logger: Logger) -> Outbox {
        Outbox(
            database: database, now: now, logger: logger, channel: { try await channel($0) },
            compose: { compose($0, $1, language: $2) })
    }

    private func channel(_ route: RouteStore.Route) async throws -> any Channel {
        switch try JSONDecoder().decode(ChannelSettings.self, from: Data(route.channel.utf8)) {
        case .webhook(let settings):
            return WebhookChannel(engine: curl, settings: settings)
        case .mail(let settings):
            let password = settings.secret.isEmpty ? nil : try await secret(settings.secret)
            return MailChannel(engine: curl, settings: settings, password: password, now: now)
        }
    }

    private func secret(_ name: String) async throws -> String {
        guard let sealed = try await database.read({ try SecretStore($0).sealed(name) }) else {
            throw MissingSecret(name: name)
        }
        return String(decoding: try secrets.open(sealed, context: Array("secret:\(name)".utf8)), as: UTF8.self)
    }

    private func compose(
        _ alert: AlertStore.Listed, _ message: MessageStore.Message, language: String
    ) -> Notify.Notification {
        let kind = Notify.Notification.Kind(rawValue: message.kind) ?? .problem
        let wording = AlertMessage(
            isRecovery: kind == .recovery, asset: alert.asset, site: alert.site,
            check: alert.check.map { String($0.part) }, outcome: alert.outcome, since: alert.since,
            resolved: alert.resolved)
        let words = wording.text(in: Language(rawValue: language) ?? .vietnamese)
        return Notify.Notification(
            id: message.id, alert: alert.id, kind: kind, asset: alert.asset, site: alert.site, check: alert.check,
            outcome: alert.outcome, since: alert.since, resolved: alert.resolved, isRepeated: message.attempts > 0,
            subject: words.subject, text: words.body)
    }
}

private struct MissingSecret: Error, CustomStringConvertible {
    var name: String

    var description: String { "the secret \(name) is not set; `haidang secret set \(name)` sets it" }
}
