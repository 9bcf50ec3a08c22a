import Detection
package import SQLite
package import Storage
package import Vocabulary

/// What people do about an incident, for pages and programs alike; each leaves a line in the audit log.
package struct IncidentDesk {
    /// As much as somebody reads of one comment or note.
    package static let longest = 2000

    /// Why nothing was changed.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case noSuch(String)
        case over(Int64)
        /// It became part of that one.
        case merged(into: Int64)
        case noMoment(String)
        case inThePast(String)
        case tooLong
        case empty
        case nobodyHasIt

        package var description: String {
            switch self {
            case .noSuch(let text): "there is no incident \"\(text)\""
            case .over(let id): "the incident \(id) is over"
            case .merged(let id): "it became part of the incident \(id)"
            case .noMoment(let text): "until: \"\(text)\" is no moment such as 2026-11-28 22:00"
            case .inThePast(let text): "until: \(text) is over already"
            case .tooLong: "the text is longer than \(IncidentDesk.longest) characters"
            case .empty: "text: is missing"
            case .nobodyHasIt: "nobody has this incident"
            }
        }
    }

    private let connection: Connection
    private let caller: Caller
    private let now: Instant

    package init(_ connection: Connection, for caller: Caller, at now: Instant) {
        self.connection = connection
        self.caller = caller
        self.now = now
    }

    /// A moment as people write it; empty: none.
    package static func moment(_ text: String) throws -> Instant? {
        guard !text.isEmpty else { return nil }
        guard let moment = LocalTime.instant(text) else { throw Refusal.noMoment(text) }
        return moment
    }

    /// The caller has it from now on, whoever had it before.
    package func acknowledge(_ text: String, until: Instant?, note: String) throws -> IncidentSummary {
        let id = try open(text).incident.id
        if let until, until <= now { throw Refusal.inThePast(LocalTime.text(until)) }
        let note = try Self.plain(note)
        try AcknowledgementStore(connection).begin(id, by: caller.name, until: until, note: note, at: now)
        try DecisionStore(connection).add(
            Decision(at: now, .acknowledged(by: caller.name, until: until), incident: id))
        let end = until.map { "until \(LocalTime.text($0))" } ?? ""
        try audit("acknowledge-incident", id, [end, note].filter { !$0.isEmpty }.joined(separator: ": "))
        return try find(text)
    }

    /// Nobody has it from now on.
    package func release(_ text: String) throws -> IncidentSummary {
        let id = try open(text).incident.id
        guard try AcknowledgementStore(connection).end(id, by: caller.name, at: now) else { throw Refusal.nobodyHasIt }
        try DecisionStore(connection).add(Decision(at: now, .released(by: caller.name), incident: id))
        try audit("release-incident", id, "")
        return try find(text)
    }

    /// Also of one that is over: what it was is often known only then.
    package func comment(_ text: String, _ words: String) throws -> IncidentSummary {
        let id = try find(text).incident.id
        let words = try Self.plain(words)
        guard !words.isEmpty else { throw Refusal.empty }
        try CommentStore(connection).add(.init(at: now, who: caller.name, text: words), to: id)
        try audit("comment-incident", id, words)
        return try find(text)
    }

    private func find(_ text: String) throws -> IncidentSummary {
        guard let id = Int64(text), let found = try IncidentSummary(id, in: connection, scope: caller.scope) else {
            throw Refusal.noSuch(text)
        }
        return found
    }

    private func open(_ text: String) throws -> IncidentSummary {
        let found = try find(text)
        if let home = found.incident.mergedInto { throw Refusal.merged(into: home) }
        guard found.incident.resolved == nil else { throw Refusal.over(found.incident.id) }
        return found
    }

    private func audit(_ action: String, _ incident: Int64, _ detail: String) throws {
        try AuditStore(connection).write(
            .init(
                at: now, who: caller.name, action: action, subject: "\(incident)",
                detail: detail.split(whereSeparator: \.isNewline).joined(separator: " ")))
    }

    /// Without anything invisible but the ends of lines, and without blanks around it.
    private static func plain(_ text: String) throws -> String {
        let visible = text.replacing("\r\n", with: "\n").unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar == "\n"
            case .surrogate, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        var plain = Substring(String(String.UnicodeScalarView(visible)))
        while plain.first?.isWhitespace == true { plain.removeFirst() }
        while plain.last?.isWhitespace == true { plain.removeLast() }
        guard plain.count <= longest else { throw Refusal.tooLong }
        return String(plain)
    }
}
