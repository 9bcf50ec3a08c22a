package import Vocabulary

/// What a receiver reads of an incident: what, where, since when, why, what else, whom to call, and where to look.
package struct IncidentMessage: Hashable, Sendable {
    /// More names are only counted.
    private static let names = 12

    /// Who has it, or had it until their time was over.
    package struct Holder: Hashable, Sendable {
        package var name: String
        package var until: Instant?

        package init(name: String, until: Instant?) {
            self.name = name
            self.until = until
        }
    }

    package var isRecovery: Bool
    /// It still fails, and the time of its holder is over.
    package var isReminder: Bool
    package var holder: Holder?
    package var asset: Named
    package var site: Named
    /// What of the asset; nil when its agent is silent.
    package var check: String?
    package var outcome: Outcome
    package var since: Instant
    package var resolved: Instant?
    package var cause: IncidentCause
    /// What fails beside the asset, what works beside it, and what is quiet.
    package var others: [String]
    package var unaffected: [String]
    package var quiet: [String]
    package var overran: Overrun?
    package var contact: Contact?
    /// Where it stands on a page; empty when nobody else reaches that.
    package var link: String

    package init(
        isRecovery: Bool, isReminder: Bool = false, holder: Holder? = nil, asset: Named, site: Named = .none,
        check: String?, outcome: Outcome, since: Instant,
        resolved: Instant?, cause: IncidentCause = .root, others: [String] = [], unaffected: [String] = [],
        quiet: [String] = [], overran: Overrun? = nil, contact: Contact? = nil, link: String = ""
    ) {
        self.isRecovery = isRecovery
        self.isReminder = isReminder
        self.holder = holder
        self.asset = asset
        self.site = site
        self.check = check
        self.outcome = outcome
        self.since = since
        self.resolved = resolved
        self.cause = cause
        self.others = others
        self.unaffected = unaffected
        self.quiet = quiet
        self.overran = overran
        self.contact = contact
        self.link = link
    }

    /// One line, and the whole; times with their offset, in UTC+07:00.
    package func text(in language: Language) -> (subject: String, body: String) {
        let words = Words.of(language)
        let calendar = WallCalendar(language: language, offsetMinutes: 420)
        let reason = outcome.reason.map(words.sentence)
        let standing = words.standing(isRecovery ? .up : Standing(outcome.state))
        let thing = check.map { "\(asset.name) \($0)" } ?? asset.name
        let more = others.isEmpty ? "" : " \(words.incident.andMore(others.count))"
        let why = reason?.headline ?? ""
        let held = holder.map { holder in
            let until = holder.until.map { calendar.dateAndTime($0) }
            return isReminder
                ? words.incident.wasHeld(holder.name, until ?? "…") : words.incident.isHeld(holder.name, until)
        }
        let subject =
            switch (isRecovery, isReminder) {
            case (true, _): "\(standing): \(thing)\(more)"
            case (_, true):
                "\(words.incident.still(standing)): \(thing)\(more): "
                    + [held, why].compactMap(\.self).joined(separator: ": ")
            case (_, false): "\(standing): \(thing)\(more): \(why)"
            }
        var lines = [subject]
        if !asset.title.isEmpty { lines.append("\(words.column.asset): \(asset.title) (\(asset.name))") }
        if !site.name.isEmpty { lines.append("\(words.column.site): \(site.title.isEmpty ? site.name : site.title)") }
        lines.append("\(words.column.since): \(calendar.dateAndTime(since)) (\(calendar.zone))")
        if let resolved {
            lines.append(
                "\(words.column.resolved): \(calendar.dateAndTime(resolved)), "
                    + "\(words.alerts.lasted.lowercased()) \(words.duration(resolved - since))")
        }
        if !isRecovery {
            if let got = reason?.got { lines.append("\(words.column.reason): \(got.value)") }
            if let overran { lines.append(overran.sentence(words)) }
            if let held, !isReminder { lines.append(held) }
            if let why = cause.sentence(words) { lines.append(why) }
        }
        lines += list(words.incident.alsoAffected, others, words)
        if !isRecovery {
            lines += list(words.incident.unaffected, unaffected, words) + list(words.incident.quiet, quiet, words)
            if let contact {
                let who = [contact.name, contact.role, contact.phone].filter { !$0.isEmpty }.joined(separator: ", ")
                lines.append("\(words.column.call): \(who)")
            }
        }
        if !link.isEmpty { lines.append(link) }
        return (subject, lines.joined(separator: "\n") + "\n")
    }

    private func list(_ title: String, _ all: [String], _ words: Words) -> [String] {
        guard !all.isEmpty else { return [] }
        let rest = all.count > Self.names ? " \(words.incident.andMore(all.count - Self.names))" : ""
        return ["\(title) (\(all.count)): \(all.prefix(Self.names).joined(separator: ", "))\(rest)"]
    }
}
