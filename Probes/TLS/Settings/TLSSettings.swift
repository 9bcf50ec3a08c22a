package import ProbeSettings
package import Vocabulary

/// What may be set on a `tls` check; its target is a host, with a port when it is not the usual one.
package struct TLSSettings: ProbeSettings {
    package static var kind: ProbeKind { "tls" }
    package static var pace: Pace { Pace(every: .seconds(3600), within: .seconds(10)) }

    package var startTLS: StartTLS
    package var family: TargetFamily
    /// Whose certificate is wanted; nil: the target's host.
    package var name: String?
    /// Further names that it must be for.
    package var names: [String]
    package var verifies: Bool
    /// Degraded when a certificate of the chain ends within so many days; 0 never.
    package var days: Int
    /// Degraded below it.
    package var version: TLSVersion
    /// Degraded when the key is weaker than so many bits of RSA; 0 never. Keys on curves need about an eighth.
    package var keyBits: Int

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        startTLS = try reader.choice("starttls", default: .none)
        family = try reader.choice("family", default: .any)
        name = reader.text("name")
        if let name { try Self.judge(name, key: "name") }
        names = []
        for word in reader.text("names", default: "").split(separator: ",") {
            let word = String(word.filter { $0 != " " })
            guard !word.isEmpty else { continue }
            try Self.judge(word, key: "names")
            names.append(word)
        }
        verifies = try reader.flag("verify", default: true)
        days = try reader.integer("certificate.days", in: 0...3650, default: 14)
        version = try reader.choice("version", default: .tls12)
        keyBits = try reader.integer("key.bits", in: 0...16_384, default: 2048)
    }

    private static func judge(_ name: String, key: String) throws(SettingsError) {
        do throws(SettingsError) {
            try HostPort.validate(host: name)
        } catch {
            throw SettingsError(key: key, problem: error.problem)
        }
    }

    package var defaultPort: UInt16 { startTLS.defaultPort }

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target, defaultPort: StartTLS.none.defaultPort)
    }
}

/// Versions of TLS in the order of their age.
package enum TLSVersion: String, CaseIterable, Comparable, Hashable, Sendable {
    case tls10 = "1.0"
    case tls11 = "1.1"
    case tls12 = "1.2"
    case tls13 = "1.3"

    package static func < (one: TLSVersion, other: TLSVersion) -> Bool { one.rawValue < other.rawValue }

    /// As OpenSSL writes it; nil for anything else.
    package init?(name: String) {
        switch name {
        case "TLSv1": self = .tls10
        case "TLSv1.1": self = .tls11
        case "TLSv1.2": self = .tls12
        case "TLSv1.3": self = .tls13
        default: return nil
        }
    }
}

/// What has to be said before TLS begins.
package enum StartTLS: String, CaseIterable, Hashable, Sendable {
    /// Nothing: TLS from the first byte.
    case none
    /// RFC 3207.
    case smtp
    /// RFC 9051.
    case imap
    /// RFC 2595.
    case pop3
    /// RFC 4217.
    case ftp
    /// RFC 4511, section 4.14.
    case ldap

    package var defaultPort: UInt16 {
        switch self {
        case .none: 443
        case .smtp: 25
        case .imap: 143
        case .pop3: 110
        case .ftp: 21
        case .ldap: 389
        }
    }
}
