package import Vocabulary

/// What may be set on a check of one kind; reading it validates it, and never touches the network.
///
/// Collector and agent link the same type: `apply` refuses a bad value with its line, before any agent sees it.
package protocol ProbeSettings: Hashable, Sendable {
    static var kind: ProbeKind { get }
    /// How often to ask and how long to wait when the check does not say.
    static var pace: Pace { get }
    /// Refuses a target that this kind cannot ask, e.g. a URL where a host is wanted.
    static func validate(target: String) throws(SettingsError)
    /// Takes its keys out of `reader`; whoever calls it then calls `reader.finish()`, which refuses keys left over.
    init(from reader: inout SettingsReader) throws(SettingsError)
    /// What answers may do and still be in order; nil where one answer says it all.
    var tolerances: Tolerances? { get }
}

extension ProbeSettings {
    package var tolerances: Tolerances? { nil }

    /// Settings from keys and values, all of which must be known.
    package init(_ values: [String: String]) throws(SettingsError) {
        var reader = SettingsReader(values)
        try self.init(from: &reader)
        try reader.finish()
    }
}

/// How often a check asks, and how long one run may take.
package struct Pace: Hashable, Sendable {
    package var interval: Duration
    package var timeout: Duration

    package init(every interval: Duration, within timeout: Duration) {
        self.interval = interval
        self.timeout = timeout
    }
}
