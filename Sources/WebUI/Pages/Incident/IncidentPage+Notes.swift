package import Vocabulary

extension IncidentPage {
    /// What somebody did or said.
    package struct Note: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case acknowledged(until: Instant?)
            case released
            case comment
        }

        package var at: Instant
        package var who: String
        package var kind: Kind
        package var text: String

        package init(at: Instant, who: String, kind: Kind, text: String = "") {
            self.at = at
            self.who = who
            self.kind = kind
            self.text = text
        }
    }

    /// What stands in the forms, in the texts that they send.
    package struct Draft: Hashable, Sendable {
        package var until: String
        package var note: String
        package var comment: String

        package init(until: String = "", note: String = "", comment: String = "") {
            self.until = until
            self.note = note
            self.comment = comment
        }
    }

    /// What was wrong with what a form sent.
    package enum Problem: Hashable, Sendable {
        case noMoment(String)
        case inThePast
        case tooLong(most: Int)
        case empty
        case over
        case nobodyHasIt
    }
}
