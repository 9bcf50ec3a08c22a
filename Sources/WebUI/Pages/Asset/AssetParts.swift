package import Vocabulary

/// One check of an asset as its page lists it.
package struct AssetCheck: Hashable, Sendable {
    package var name: CheckName
    package var kind: ProbeKind
    package var target: String
    package var standing: Standing
    package var reason: Reason?
    package var since: Instant?
    package var lastReading: Reading?
    package var lastRun: Instant?

    package init(
        name: CheckName, kind: ProbeKind, target: String, standing: Standing, reason: Reason? = nil,
        since: Instant? = nil, lastReading: Reading? = nil, lastRun: Instant? = nil
    ) {
        self.name = name
        self.kind = kind
        self.target = target
        self.standing = standing
        self.reason = reason
        self.since = since
        self.lastReading = lastReading
        self.lastRun = lastRun
    }
}

/// A fact with where it comes from and when it was seen.
package struct AssetFact: Hashable, Sendable {
    package var fact: Fact
    package var source: String
    package var firstSeen: Instant
    package var lastSeen: Instant

    package init(_ fact: Fact, source: String, firstSeen: Instant, lastSeen: Instant) {
        self.fact = fact
        self.source = source
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}

/// One line of an asset's history.
package struct AssetChange: Hashable, Sendable {
    package enum What: Hashable, Sendable {
        /// A fact that changed; without `old` it appeared, without `new` it vanished.
        case fact(path: String, old: String?, new: String?)
        /// A check, or the asset itself when `check` is nil, that came to stand otherwise.
        case standing(check: CheckName?, Standing, Reason?)
    }

    package var time: Instant
    package var source: String
    package var what: What

    package init(at time: Instant, source: String, _ what: What) {
        self.time = time
        self.source = source
        self.what = what
    }
}
