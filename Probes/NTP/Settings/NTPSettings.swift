package import ProbeSettings
package import Vocabulary

/// What may be set on an `ntp` check; its target is a host name or an address, with a port when it is not 123.
package struct NTPSettings: ProbeSettings {
    /// Which address of a name to ask.
    package enum Family: String, CaseIterable, Hashable, Sendable {
        case any
        case ipv4 = "4"
        case ipv6 = "6"
    }

    package static var kind: ProbeKind { "ntp" }
    package static var pace: Pace { Pace(every: .seconds(60), within: .seconds(4)) }

    package var family: Family
    /// Farther from the agent's clock the server is degraded.
    package var offset: Duration
    /// Farther from a reference clock the server is degraded.
    package var stratum: Int
    /// What the server itself says it may be wrong by.
    package var distance: Duration

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        family = try reader.choice("family", default: .any)
        offset = try reader.duration("offset", in: .milliseconds(1)...(.seconds(86_400)), default: .seconds(1))
        stratum = try reader.integer("stratum", in: 1...15, default: 15)
        distance = try reader.duration("distance", in: .milliseconds(1)...(.seconds(60)), default: .seconds(1))
    }

    package static func validate(target: String) throws(SettingsError) {
        _ = try endpoint(of: target)
    }

    /// The host and port of a target; 123 where it names none.
    package static func endpoint(of target: String) throws(SettingsError) -> HostPort {
        let isBareIPv6 = target.count { $0 == ":" } > 1 && !target.hasPrefix("[")
        guard target.contains(":"), !isBareIPv6 else {
            try HostPort.validate(host: target)
            return HostPort(host: target, port: 123)
        }
        return try HostPort(target)
    }
}
