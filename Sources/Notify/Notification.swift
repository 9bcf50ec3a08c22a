package import Vocabulary

/// What one receiver is told of one alert.
package struct Notification: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case problem
        case worse
        case recovery
    }

    /// The same for every attempt: receivers drop what they have seen.
    package var id: Int64
    package var alert: Int64
    package var kind: Kind
    package var asset: String
    package var site: String
    /// nil: the asset's agent is silent.
    package var check: CheckName?
    package var outcome: Outcome
    package var since: Instant
    package var resolved: Instant?
    /// An earlier attempt may have arrived although nobody said so.
    package var isRepeated: Bool
    /// One line and the whole, in the receiver's language.
    package var subject: String
    package var text: String

    package init(
        id: Int64, alert: Int64, kind: Kind, asset: String, site: String, check: CheckName?, outcome: Outcome,
        since: Instant, resolved: Instant?, isRepeated: Bool, subject: String, text: String
    ) {
        self.id = id
        self.alert = alert
        self.kind = kind
        self.asset = asset
        self.site = site
        self.check = check
        self.outcome = outcome
        self.since = since
        self.resolved = resolved
        self.isRepeated = isRepeated
        self.subject = subject
        self.text = text
    }
}
