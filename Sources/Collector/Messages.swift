import API
import Courier
import Logging
import Notify
import Portal
import Storage
import Vocabulary
import WebUI

/// Words messages, for the outbox and for whoever tries a route.
struct Messages: Sendable {
    let database: Database
    let channels: Channels
    /// Where people find the pages; empty when they cannot.
    let webAddress: String
    let now: @Sendable () -> Instant

    func outbox(logger: Logger) -> Outbox {
        Outbox(
            database: database, now: now, logger: logger, open: { try channels.open($0) },
            words: Outbox.Words(
                one: { compose($0.incident, $0.message, language: $1) }, several: { compose($0, language: $1) }))
    }

    func proofs(logger: Logger) -> ProofOfLife {
        ProofOfLife(
            database: database, now: now, logger: logger, open: { try channels.open($0) },
            compose: { compose($0, $1, $2) })
    }

    /// Its number is the time it was first tried: the same for every attempt, and no message's.
    private func compose(
        _ counts: ProofStore.Counts, _ proof: ProofStore.Proof, _ route: RouteStore.Route
    ) -> Courier.Notification {
        let tongue = Language(rawValue: route.language) ?? .vietnamese
        let words = AliveMessage(watched: counts.watched, problems: counts.problems).text(in: tongue)
        return Courier.Notification(
            id: proof.began.microseconds, alert: 0, kind: .alive, asset: "", site: "", check: nil, outcome: .up,
            since: now(), resolved: nil, isRepeated: proof.attempts > 0, subject: words.subject, text: words.body,
            repetition: tongue.repeated)
    }

    /// Sends one message, marked as a test, through each channel of the route; it is in no outbox.
    func test(_ route: RouteStore.Route, by person: String) async throws -> [RouteTest.Way] {
        let opened = try channels.open(route)
        let clock = now()
        let words = TestMessage(route: route.name, person: person)
            .text(in: Language(rawValue: route.language) ?? .vietnamese)
        // A number that no message has: receivers drop what they have seen.
        let notification = Courier.Notification(
            id: clock.microseconds, alert: 0, kind: .test, asset: "", site: "", check: nil, outcome: .up, since: clock,
            resolved: nil, isRepeated: false, subject: words.subject, text: words.body)
        var ways = [RouteTest.Way(opened.first.kind, await opened.first.send(notification))]
        if let second = opened.second { ways.append(RouteTest.Way(second.kind, await second.send(notification))) }
        return ways
    }

    private func compose(
        _ summary: IncidentSummary, _ message: MessageStore.Message, language: String
    ) -> Courier.Notification {
        let kind = Courier.Notification.Kind(rawValue: message.kind) ?? .problem
        let (first, others) = (summary.first, summary.others.map(\.asset))
        let holder = kind == .reminder ? summary.lapsed(at: message.created) : summary.acknowledged
        let wording = IncidentMessage(
            isRecovery: kind == .recovery, isReminder: kind == .reminder,
            holder: holder.map { .init(name: $0.who, until: $0.until) }, asset: Named(first.asset, title: first.title),
            site: Named(first.site, title: summary.siteTitle), check: first.check.map { String($0.part) },
            outcome: first.outcome, since: summary.since, resolved: summary.incident.resolved,
            cause: IncidentCause(summary.incident) { Named($0, title: $0 == first.site ? summary.siteTitle : "") },
            others: others, unaffected: summary.unaffected, quiet: summary.quiet, overran: Overrun(summary),
            contact: summary.contact.map {
                Contact(name: $0.name, phone: $0.phone, role: $0.role, mail: $0.mail)
            }, link: webAddress.isEmpty ? "" : "\(webAddress)/incidents/\(summary.incident.id)")
        let tongue = Language(rawValue: language) ?? .vietnamese
        let words = wording.text(in: tongue)
        return Courier.Notification(
            id: message.id, incident: summary.incident.id, alert: first.id, kind: kind, asset: first.asset,
            site: first.site, check: first.check, outcome: first.outcome, since: summary.since,
            resolved: summary.incident.resolved, cause: summary.incident.causeWord, affected: [first.asset] + others,
            unaffected: summary.unaffected, quiet: summary.quiet, isRepeated: message.attempts > 0,
            subject: words.subject, text: words.body, repetition: tongue.repeated)
    }
}

extension Messages {
    /// Each incident is one line, as its newest message says it.
    private func compose(_ told: [Outbox.Words.Told], language: String) -> Courier.Notification {
        var newest: [(incident: Int64, notification: Courier.Notification)] = []
        for one in told {
            let said = (one.incident.incident.id, compose(one.incident, one.message, language: language))
            if let place = newest.firstIndex(where: { $0.incident == said.0 }) {
                newest[place] = said
            } else {
                newest.append(said)
            }
        }
        let all = newest.map(\.notification)
        let tongue = Language(rawValue: language) ?? .vietnamese
        let words = DigestMessage(
            lines: all.map { .init(subject: $0.subject, since: $0.since, resolved: $0.resolved) },
            link: webAddress.isEmpty ? "" : "\(webAddress)/alerts"
        ).text(in: tongue)
        return Courier.Notification(
            id: told.first?.message.id ?? 0, alert: 0, kind: .digest, asset: "", site: "", check: nil,
            outcome: all.first { $0.kind != .recovery }?.outcome ?? .up,
            since: all.map(\.since).min() ?? now(), resolved: nil, affected: all.flatMap(\.affected),
            isRepeated: told.contains { $0.message.attempts > 0 }, subject: words.subject, text: words.body,
            repetition: tongue.repeated)
    }
}

extension RouteTest.Way {
    init(_ channel: String, _ delivery: Delivery) {
        switch delivery {
        case .delivered: self.init(channel: channel, result: .delivered, answer: "")
        case .deliveredInstead(let how): self.init(channel: channel, result: .delivered, answer: how)
        case .retry(let problem, _): self.init(channel: channel, result: .retry, answer: problem)
        case .refused(let problem): self.init(channel: channel, result: .refused, answer: problem)
        }
    }
}
