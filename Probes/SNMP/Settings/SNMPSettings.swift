package import ProbeSettings
package import Vocabulary

/// What may be set on an `snmp` check; its target is a host name or an address, with a port when it is not 161.
package struct SNMPSettings: ProbeSettings {
    package enum Version: String, CaseIterable, Hashable, Sendable {
        case v1 = "1"
        case v2c = "2c"
        case v3 = "3"
    }

    /// How a user of SNMPv3 proves itself; `none` is noAuthNoPriv.
    package enum Authentication: String, CaseIterable, Hashable, Sendable {
        case none, md5, sha, sha224, sha256, sha384, sha512
    }

    /// How SNMPv3 enciphers; `aes192-c` and `aes256-c` draw out short keys as Reeder's draft does, and Cisco.
    package enum Privacy: String, CaseIterable, Hashable, Sendable {
        case none, des, aes, aes192, aes256
        case aes192Reeder = "aes192-c"
        case aes256Reeder = "aes256-c"
    }

    package static var kind: ProbeKind { "snmp" }
    package static var pace: Pace { Pace(every: .seconds(60), within: .seconds(30)) }

    package var version: Version
    /// The name of a secret that the collector sends, or the path of a file on the agent's machine. Its first line is the
    /// community, or the authentication password; its second the privacy password, when that is another. Nil: the
    /// community `public`.
    package var secret: String?
    package var user: String
    package var authentication: Authentication
    package var privacy: Privacy
    package var context: String
    package var family: TargetFamily
    /// Variables that one GETBULK asks for, at most.
    package var repetitions: Int
    /// How long to wait for an answer before asking again.
    package var patience: Duration
    /// How often to ask a device that stays silent.
    package var tries: Int
    /// How often to read what seldom changes.
    package var inventory: Duration
    package var thresholds: Thresholds
    /// Names of interfaces that must be up.
    package var interfacesUp: [String]

    /// Beyond them a device that answers is degraded; nil: it may be as it likes.
    package struct Thresholds: Hashable, Sendable {
        /// Shares, 0…1.
        package var processor: Double?
        package var memory: Double?
        package var storage: Double?
        /// Left of a battery's charge.
        package var battery: Double?
        /// Left in a cartridge or other supply.
        package var supply: Double?
        /// How long a battery still carries the load.
        package var runtime: Duration?
    }

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        version = try reader.choice("version", default: .v2c)
        secret = reader.text("secret")
        user = reader.text("user", default: "")
        authentication = try reader.choice("auth", default: .none)
        privacy = try reader.choice("privacy", default: .none)
        context = reader.text("context", default: "")
        family = try reader.choice("family", default: .any)
        repetitions = try reader.integer("repetitions", in: 1...100, default: 25)
        patience = try reader.duration("patience", in: .milliseconds(50)...(.seconds(10)), default: .seconds(1))
        tries = try reader.integer("tries", in: 1...10, default: 3)
        inventory = try reader.duration("inventory", in: .seconds(0)...(.seconds(7 * 86_400)), default: .seconds(3600))
        thresholds = Thresholds(
            processor: try reader.share("cpu-percent", default: 95),
            memory: try reader.share("memory-percent", default: 95),
            storage: try reader.share("storage-percent", default: 95),
            battery: try reader.share("battery-percent", default: 50),
            supply: try reader.share("supply-percent", default: 5),
            runtime: try reader.runtime("runtime", default: .seconds(300)))
        interfacesUp = reader.text("interfaces-up", default: "").split(separator: ",").map {
            String($0.drop { $0 == " " })
        }
        try check()
    }

    private func check() throws(SettingsError) {
        if let secret, secret.isEmpty || secret.contains(where: \.isWhitespace) {
            throw SettingsError(
                key: "secret",
                problem: "\"\(secret)\" is neither a secret's name nor a path such as /etc/haidang/snmp.secret")
        }
        guard version == .v3 else {
            for (key, isSet) in [
                ("user", !user.isEmpty), ("auth", authentication != .none), ("privacy", privacy != .none),
                ("context", !context.isEmpty),
            ] where isSet {
                throw SettingsError(key: key, problem: "only version 3 has it")
            }
            return
        }
        guard !user.isEmpty else { throw SettingsError(key: "user", problem: "version 3 wants one") }
        guard authentication != .none || privacy == .none else {
            throw SettingsError(key: "privacy", problem: "wants auth, too")
        }
        guard authentication == .none || secret != nil else {
            throw SettingsError(
                key: "secret", problem: "auth wants the password: a secret's name, or the path of a file")
        }
    }

    package static let port: UInt16 = 161

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target, defaultPort: port)
    }
}

extension SettingsReader {
    /// A percentage as a share; 0: none.
    fileprivate mutating func share(_ key: String, default fallback: Int) throws(SettingsError) -> Double? {
        let percent = try integer(key, in: 0...100, default: fallback)
        return percent == 0 ? nil : Double(percent) / 100
    }

    fileprivate mutating func runtime(_ key: String, default fallback: Duration) throws(SettingsError) -> Duration? {
        let span = try duration(key, in: .zero...(.seconds(86_400)), default: fallback)
        return span == .zero ? nil : span
    }
}
