/// A kind of question, e.g. `icmp`; stable in files, on the wire and in storage.
package struct ProbeKind: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(stringLiteral value: String) {
        self.rawValue = value
    }
}

/// Names a check for good: the asset's name, a slash, and what is asked of it, e.g. `web-1/http`, `web-1/tcp-443`.
package struct CheckName: Hashable, Comparable, Sendable, RawRepresentable {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(asset: String, part: String) {
        self.rawValue = "\(asset)/\(part)"
    }

    package var asset: Substring { rawValue.prefix { $0 != "/" } }
    package var part: Substring { rawValue.drop { $0 != "/" }.dropFirst() }

    package static func < (left: CheckName, right: CheckName) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A question with its target, settings and schedule: what an agent is told to ask.
package struct Check: Hashable, Sendable {
    package var name: CheckName
    package var kind: ProbeKind
    /// A host, `host:port`, a URL or nothing (this machine), as the probe's settings demand.
    package var target: String
    /// Keys and values that the probe's settings understand; what is absent takes the probe's default.
    package var settings: [String: String]
    package var interval: Duration
    package var timeout: Duration

    package init(
        name: CheckName, kind: ProbeKind, target: String, settings: [String: String] = [:],
        interval: Duration, timeout: Duration
    ) {
        self.name = name
        self.kind = kind
        self.target = target
        self.settings = settings
        self.interval = interval
        self.timeout = timeout
    }
}
