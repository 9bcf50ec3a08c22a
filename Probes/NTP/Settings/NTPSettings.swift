package import ProbeSettings
package import Vocabulary

/// What may be set on an `ntp` check; its target is a host name or an address, with a port when it is not 123.
package struct NTPSettings: ProbeSettings {
    package static var kind: ProbeKind { "ntp" }
    package static var pace: Pace { Pace(every: .seconds(60), within: .seconds(4)) }

    package var family: TargetFamily
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

    package static let port: UInt16 = 123

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target, defaultPort: port)
    }
}
