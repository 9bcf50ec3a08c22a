/// A host (name, IPv4 or IPv6 address) with a port: `web-1:443`, `192.0.2.7:22`, `[2001:db8::1]:443`.
package struct HostPort: Hashable, Sendable, CustomStringConvertible {
    package var host: String
    package var port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    package init(_ text: String) throws(SettingsError) {
        let wanted = "\"\(text)\" is not host:port, such as web-1:443 or [2001:db8::1]:443"
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            throw SettingsError(key: "target", problem: wanted)
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw SettingsError(key: "target", problem: wanted)
        }
        try Self.validate(host: String(host))
        self.init(host: String(host), port: port)
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Refuses what can be neither a host name (RFC 1123) nor an address, before anything resolves it.
    package static func validate(host: String) throws(SettingsError) {
        let allowed = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: ":"), UInt8(ascii: "%"):
                true
            default: false
            }
        }
        guard allowed, !host.isEmpty, host.utf8.count <= 253, !host.hasPrefix("-") else {
            throw SettingsError(key: "target", problem: "\"\(host)\" is neither a host name nor an address")
        }
    }
}
