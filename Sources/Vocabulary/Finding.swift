/// A security observation on an asset: what a rule found, and on what that rests.
///
/// Rule, subject and first seen tell one finding from another: saying it again under the same three is an update.
package struct Finding: Hashable, Sendable {
    /// Stable, lower-case with hyphens, e.g. `new-listener`; both languages word it.
    package var rule: String
    package var severity: Severity
    /// What of the asset it is about, e.g. `ssh 192.0.2.7` or `group sudo: binh`.
    package var subject: String
    package var firstSeen: Instant
    package var lastSeen: Instant
    /// How often it was seen, e.g. failed sign-ins.
    package var count: Int
    /// In the order in which people read it.
    package var evidence: [Evidence]

    package init(
        rule: String, severity: Severity, subject: String, firstSeen: Instant, lastSeen: Instant, count: Int = 1,
        evidence: [Evidence] = []
    ) {
        self.rule = rule
        self.severity = severity
        self.subject = subject
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.count = count
        self.evidence = evidence
    }

    /// One thing that a finding rests on.
    package struct Evidence: Hashable, Sendable {
        /// Stable, lower-case with hyphens, e.g. `source`, `program-path`.
        package var field: String
        package var text: String

        package init(_ field: String, _ text: String) {
            self.field = field
            self.text = text
        }
    }
}

/// How soon somebody must look at a finding; the raw value is stable on the wire.
package enum Severity: Int, CaseIterable, Comparable, Sendable {
    /// To be known, and looked at when there is time.
    case low = 1
    case medium = 2
    /// Somebody has to look now.
    case high = 3

    /// The word used in storage, in the API and on the command line.
    package var word: String {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        }
    }

    package init?(word: String) {
        guard let found = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = found
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
