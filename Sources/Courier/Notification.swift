package import Vocabulary

/// What one receiver is told of one incident.
package struct Notification: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case problem
        case worse
        /// It still fails, and the time of whoever had it is over.
        case reminder
        case recovery
        /// Asked for by a person, about nothing.
        case test
        /// Once a week: somebody watches.
        case alive
        /// Several that waited, in one.
        case digest
    }

    /// The same for every attempt: receivers drop what they have seen.
    package var id: Int64
    package var incident: Int64
    /// The alert that stands for it.
    package var alert: Int64
    package var kind: Kind
    package var asset: String
    package var site: String
    /// nil: the asset's agent is silent.
    package var check: CheckName?
    package var outcome: Outcome
    package var since: Instant
    package var resolved: Instant?
    /// Why these fail together: `root`, `site`, `shared`, `beside`, `coincidence` or `leftover`.
    package var cause: String
    /// Every asset that fails, what depends on the cause or stands beside it and works, and what is quiet.
    package var affected: [String]
    package var unaffected: [String]
    package var quiet: [String]
    /// An earlier attempt may have arrived although nobody said so.
    package var isRepeated: Bool
    /// One line and the whole, in the receiver's language.
    package var subject: String
    package var text: String
    /// What tells people that they may know it already, in their language; shown where nothing else can tell them.
    package var repetition: String

    package init(
        id: Int64, incident: Int64 = 0, alert: Int64, kind: Kind, asset: String, site: String, check: CheckName?,
        outcome: Outcome, since: Instant, resolved: Instant?, cause: String = "root", affected: [String] = [],
        unaffected: [String] = [], quiet: [String] = [], isRepeated: Bool, subject: String, text: String,
        repetition: String = ""
    ) {
        self.id = id
        self.incident = incident
        self.alert = alert
        self.kind = kind
        self.asset = asset
        self.site = site
        self.check = check
        self.outcome = outcome
        self.since = since
        self.resolved = resolved
        self.cause = cause
        self.affected = affected
        self.unaffected = unaffected
        self.quiet = quiet
        self.isRepeated = isRepeated
        self.subject = subject
        self.text = text
        self.repetition = repetition
    }

    /// The state that the receiver is told of, as one word.
    package var state: String {
        kind == .recovery ? "up" : outcome.state.word
    }

    /// The whole for a receiver that has no other way to see a repetition.
    package var markedText: String {
        isRepeated && !repetition.isEmpty ? "(\(repetition)) \(text)" : text
    }
}
