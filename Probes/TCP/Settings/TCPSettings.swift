package import ProbeSettings
package import Vocabulary

/// What may be set on a `tcp` check; its target is `host:port`.
package struct TCPSettings: ProbeSettings {
    package static var kind: ProbeKind { "tcp" }
    package static var pace: Pace { Pace(every: .seconds(1), within: .seconds(1)) }

    package var family: TargetFamily

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        family = try reader.choice("family", default: .any)
    }

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target)
    }
}
