package import Vocabulary

/// What a receiver reads of incidents that could wait: one line each, what still fails first.
package struct DigestMessage: Hashable, Sendable {
    /// More lines are only counted: what is longer nobody reads, and a channel may refuse.
    private static let lines = 40

    package struct Line: Hashable, Sendable {
        /// What and why, in the receiver's language.
        package var subject: String
        package var since: Instant
        /// nil: it still fails.
        package var resolved: Instant?

        package init(subject: String, since: Instant, resolved: Instant?) {
            self.subject = subject
            self.since = since
            self.resolved = resolved
        }
    }

    package var lines: [Line]
    /// Where all of them stand on a page; empty when nobody else reaches that.
    package var link: String

    package init(lines: [Line], link: String = "") {
        self.lines = lines
        self.link = link
    }

    package func text(in language: Language) -> (subject: String, body: String) {
        let words = Words.of(language)
        let calendar = WallCalendar(language: language, offsetMinutes: 420)
        let failing = lines.filter { $0.resolved == nil }
        let over = lines.filter { $0.resolved != nil }
        let subject = words.delivery.digest(failing.count, over.count)
        var text = [subject]
        for line in (failing + over).prefix(Self.lines) {
            let times = [calendar.dateAndTime(line.since)] + (line.resolved.map { [calendar.dateAndTime($0)] } ?? [])
            text.append("- \(line.subject) (\(times.joined(separator: " – ")))")
        }
        if lines.count > Self.lines { text.append(words.incident.andMore(lines.count - Self.lines)) }
        if !link.isEmpty { text.append(link) }
        return (subject, text.joined(separator: "\n") + "\n")
    }
}
