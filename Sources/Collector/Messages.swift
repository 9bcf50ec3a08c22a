import Curl
import Detection
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
    /// Where people find the pages; empty when they cannot.
    let webAddress: String
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
        _ summary: IncidentSummary, _ message: MessageStore.Message, language: String
    ) -> Notify.Notification {
        let kind = Notify.Notification.Kind(rawValue: message.kind) ?? .problem
        let (first, others) = (summary.first, summary.others.map(\.asset))
        let wording = IncidentMessage(
            isRecovery: kind == .recovery, asset: Named(first.asset, title: first.title),
            site: Named(first.site, title: summary.siteTitle), check: first.check.map { String($0.part) },
            outcome: first.outcome, since: summary.since, resolved: summary.incident.resolved,
            cause: IncidentCause(summary.incident), others: others, unaffected: summary.unaffected,
            quiet: summary.quiet,
            contact: summary.contact.map {
                Contact(name: $0.name, phone: $0.phone, role: $0.role, mail: $0.mail)
            }, link: webAddress.isEmpty ? "" : "\(webAddress)/incidents/\(summary.incident.id)")
        let words = wording.text(in: Language(rawValue: language) ?? .vietnamese)
        return Notify.Notification(
            id: message.id, incident: summary.incident.id, alert: first.id, kind: kind, asset: first.asset,
            site: first.site, check: first.check, outcome: first.outcome, since: summary.since,
            resolved: summary.incident.resolved, cause: summary.incident.causeWord, affected: [first.asset] + others,
            unaffected: summary.unaffected, quiet: summary.quiet, isRepeated: message.attempts > 0,
            subject: words.subject, text: words.body)
    }
}

extension IncidentCause {
    fileprivate init(_ incident: IncidentStore.Listed) {
        self =
            switch incident.cause {
            case .root: .root
            case .site(let site): .site(Named(site))
            case .shared: .shared(Named(incident.causeName))
            case .beside(let other): .beside(other)
            case .coincidence: .coincidence
            case .leftover(let other): .leftover(other)
            }
    }
}

private struct MissingSecret: Error, CustomStringConvertible {
    var name: String

    var description: String { "the secret \(name) is not set; `haidang secret set \(name)` sets it" }
}
