package import ProbeSettings
package import Vocabulary

/// What may be set on a `tcp` check; its target is `host:port`.
package struct TCPSettings: ProbeSettings {
    /// Which address of a name to connect to.
    package enum Family: String, CaseIterable, Hashable, Sendable {
        case any
        case ipv4 = "4"
        case ipv6 = "6"
    }

    package static var kind: ProbeKind { "tcp" }
    package static var pace: Pace { Pace(every: .seconds(1), within: .seconds(1)) }

    package var family: Family

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        family = try reader.choice("family", default: .any)
    }

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target)
    }
}
