package import ProbeSettings
package import Vocabulary

/// What may be set on a `codec` check; its target is a host name or an address, with a port when it is not 443 (`http`: 80).
package struct CodecSettings: ProbeSettings {
    /// Whose interface the device has.
    package enum Device: String, CaseIterable, Hashable, Sendable {
        /// Cisco RoomOS, CE and TC: documents of XML.
        case roomOS = "roomos"
        /// Poly VideoOS (G7500, Studio X) and Group Series 6: documents of JSON.
        case videoOS = "videoos"
    }

    /// What has to be in order, or the device is degraded.
    package enum Part: String, CaseIterable, Hashable, Sendable {
        case registration, camera, microphone, display
    }

    package static var kind: ProbeKind { "codec" }
    package static var pace: Pace { Pace(every: .seconds(60), within: .seconds(20)) }

    package var device: Device
    /// The name to log in with.
    package var login: String
    /// The name of a secret that the collector sends, or the path of a file on the agent's machine: its first line is the
    /// password.
    package var secret: String
    package var scheme: Scheme
    package var expected: Set<Part>
    /// Types of the device's own diagnostics that do not count.
    package var ignoredDiagnostics: Set<String>

    package enum Scheme: String, CaseIterable, Hashable, Sendable {
        case https, http
    }

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        device = try reader.choice("device", default: .roomOS)
        login = reader.text("login", default: "admin")
        scheme = try reader.choice("scheme", default: .https)
        secret = reader.text("secret", default: "")
        expected = []
        for word in Self.words(reader.text("expect", default: "registration, camera, display")) where word != "none" {
            guard let part = Part(rawValue: word) else {
                let known = Part.allCases.map(\.rawValue).joined(separator: ", ")
                throw SettingsError(key: "expect", problem: "\"\(word)\" is none of: \(known), none")
            }
            expected.insert(part)
        }
        ignoredDiagnostics = Set(Self.words(reader.text("ignore", default: "")))
        guard !login.isEmpty, !login.contains(":") else {
            throw SettingsError(key: "login", problem: "\"\(login)\" is no name to log in with")
        }
        guard !secret.isEmpty, !secret.contains(where: \.isWhitespace) else {
            throw SettingsError(key: "secret", problem: "takes a secret's name or the path of a file with the password")
        }
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
    }

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target, defaultPort: 443)
    }

    /// `host:port` as a URL has it.
    package func address(of target: String) throws(SettingsError) -> String {
        try HostPort(target, defaultPort: scheme == .https ? 443 : 80).description
    }
}
