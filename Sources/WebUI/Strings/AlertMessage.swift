package import Vocabulary

/// What a receiver reads of an alert: what, where, since when, why.
package struct AlertMessage: Hashable, Sendable {
    package var isRecovery: Bool
    package var asset: String
    package var site: String
    /// What of the asset; nil when its agent is silent.
    package var check: String?
    package var outcome: Outcome
    package var since: Instant
    package var resolved: Instant?

    package init(
        isRecovery: Bool, asset: String, site: String, check: String?, outcome: Outcome, since: Instant,
        resolved: Instant?
    ) {
        self.isRecovery = isRecovery
        self.asset = asset
        self.site = site
        self.check = check
        self.outcome = outcome
        self.since = since
        self.resolved = resolved
    }

    /// One line, and the whole; times with their offset, in UTC+07:00.
    package func text(in language: Language) -> (subject: String, body: String) {
        let words = Words.of(language)
        let calendar = WallCalendar(language: language, offsetMinutes: 420)
        let thing = check.map { "\(asset) \($0)" } ?? asset
        let reason = outcome.reason.map(words.sentence)
        let standing = words.standing(isRecovery ? .up : Standing(outcome.state))
        let subject = isRecovery ? "\(standing): \(thing)" : "\(standing): \(thing): \(reason?.headline ?? "")"
        var lines = [subject]
        if !site.isEmpty { lines.append("\(words.column.site): \(site)") }
        lines.append("\(words.column.since): \(calendar.dateAndTime(since)) (\(calendar.zone))")
        if let resolved {
            lines.append(
                "\(words.column.resolved): \(calendar.dateAndTime(resolved)), "
                    + "\(words.alerts.lasted.lowercased()) \(words.duration(resolved - since))")
        }
        if !isRecovery, let got = reason?.got { lines.append("\(words.column.reason): \(got)") }
        return (subject, lines.joined(separator: "\n") + "\n")
    }
}
