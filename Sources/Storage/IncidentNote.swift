package import Vocabulary

/// What a person did or said about an incident, as people read it in order of time.
package struct IncidentNote: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case acknowledged(until: Instant?)
        case released
        case comment
    }

    package var at: Instant
    package var who: String
    package var kind: Kind
    /// What they said; empty: nothing.
    package var text: String

    package init(at: Instant, who: String, kind: Kind, text: String) {
        self.at = at
        self.who = who
        self.kind = kind
        self.text = text
    }

    static func notes(
        _ acknowledgements: [AcknowledgementStore.Entry], _ comments: [CommentStore.Comment]
    ) -> [IncidentNote] {
        var notes: [IncidentNote] = []
        for entry in acknowledgements {
            notes.append(.init(at: entry.at, who: entry.who, kind: .acknowledged(until: entry.until), text: entry.note))
            guard let ended = entry.ended, !entry.endedBy.isEmpty else { continue }
            notes.append(.init(at: ended, who: entry.endedBy, kind: .released, text: ""))
        }
        notes += comments.map { .init(at: $0.at, who: $0.who, kind: .comment, text: $0.text) }
        // What was done at one moment stays in the order it was read in.
        return notes.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
}
