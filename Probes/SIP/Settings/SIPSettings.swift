package import ProbeSettings
package import Vocabulary

/// What may be set on a `sip` check; its target is a host, with a port where that is not the usual one.
package struct SIPSettings: ProbeSettings {
    package static let kind: ProbeKind = "sip"
    package static let pace = Pace(every: .seconds(10), within: .seconds(4))

    package enum Transport: String, CaseIterable, Sendable {
        case udp, tcp, tls
    }

    package enum Method: String, CaseIterable, Sendable {
        /// Asks what the other side can do: it answers, and nothing rings (RFC 3261, 11).
        case options
        /// Asks a registrar for the bindings of a user: without Contact nothing is changed (RFC 3261, 10.2.3).
        case register
    }

    /// Who stands at the target; the same status means one thing from the device itself, another from what stands
    /// before it.
    package enum Peer: String, CaseIterable, Sendable {
        case endpoint, proxy
    }

    package var transport: Transport
    package var method: Method
    package var peer: Peer
    /// Before the `@` of the address asked for; empty for the target itself.
    package var user: String
    /// After the `@`; empty for the target's own host.
    package var domain: String
    /// The name for a digest challenge; and the name of a secret that the collector sends, or the path of a file on the
    /// agent's machine, whose first line is the password.
    package var login: String?
    package var secret: String?
    package var family: TargetFamily
    /// Status codes that are `up`, in place of the table; nil for the table.
    package var expected: StatusRange?
    /// With `register`: fewer bindings than this are `down`.
    package var bindings: Int
    /// Degraded when the answer takes longer.
    package var slow: Duration?
    package var verifies: Bool
    /// Degraded when the certificate ends within so many days; 0 never.
    package var certificateDays: Int

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target, defaultPort: 5060)
    }

    /// 5061 for TLS, 5060 otherwise (RFC 3261, 19.1.2).
    package var defaultPort: UInt16 { transport == .tls ? 5061 : 5060 }

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        transport = try reader.choice("transport", default: .udp)
        method = try reader.choice("method", default: .options)
        peer = try reader.choice("peer", default: .endpoint)
        user = try Self.user("user", from: &reader)
        domain = reader.text("domain", default: "")
        if !domain.isEmpty {
            do throws(SettingsError) {
                try HostPort.validate(host: domain)
            } catch {
                throw SettingsError(key: "domain", problem: error.problem)
            }
        }
        login = reader.text("login")
        secret = reader.text("secret")
        try Self.validate(login: login, secret: secret)
        family = try reader.choice("family", default: .any)
        expected = try reader.text("expect.status").map { text throws(SettingsError) in try StatusRange(text) }
        bindings = try reader.integer("expect.bindings", in: 0...64, default: 1)
        slow =
            switch try reader.duration("slow", in: .zero ... .seconds(60), default: .zero) {
            case .zero: nil
            case let span: span
            }
        verifies = try reader.flag("verify", default: false)
        certificateDays = try reader.integer("certificate.days", in: 0...3650, default: 14)
        guard method == .options || !user.isEmpty else {
            throw SettingsError(key: "user", problem: "is missing: register asks for the bindings of one user")
        }
    }

    /// Both or neither: a name without a password opens nothing, and a password is nobody's.
    private static func validate(login: String?, secret: String?) throws(SettingsError) {
        if let login, login.isEmpty || login.utf8.count > 256 || login.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f })
        {
            throw SettingsError(key: "login", problem: "is empty, too long, or holds a control character")
        }
        if let secret, secret.isEmpty || secret.contains(where: \.isWhitespace) {
            throw SettingsError(
                key: "secret",
                problem: "\"\(secret)\" is neither a secret's name nor a path such as /etc/haidang/sip.secret")
        }
        guard (login == nil) == (secret == nil) else {
            throw login == nil
                ? SettingsError(key: "login", problem: "is missing: there is a secret for it")
                : SettingsError(
                    key: "secret", problem: "login wants the password: a secret's name, or the path of a file")
        }
    }

    /// What may stand before the `@` (RFC 3261, 25.1: user), so that nothing of it can become something else.
    private static func user(_ key: String, from reader: inout SettingsReader) throws(SettingsError) -> String {
        let user = reader.text(key, default: "")
        guard user.utf8.count <= 128, user.utf8.allSatisfy({ userBytes.contains($0) }) else {
            throw SettingsError(key: key, problem: "\"\(user)\" cannot stand before the @ of a SIP address")
        }
        return user
    }

    private static let userBytes = Set(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.!~*'()&=+$,;?/%".utf8)
}
