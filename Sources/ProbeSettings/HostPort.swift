/// A host (name, IPv4 or IPv6 address) with a port: `web-1:443`, `192.0.2.7:22`, `[2001:db8::1]:443`.
package struct HostPort: Hashable, Sendable, CustomStringConvertible {
    package var host: String
    package var port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    package init(_ text: String) throws(SettingsError) {
        let bytes = text.utf8
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")), let port = UInt16(text[bytes.index(after: colon)...]),
            port > 0
        else {
            throw Self.refusal(of: text)
        }
        var host = bytes[..<colon]
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(UInt8(ascii: ":")) {
            throw Self.refusal(of: text)
        }
        let name = String(Substring(host))
        try Self.validate(host: name)
        self.init(host: name, port: port)
    }

    private static func refusal(of text: String) -> SettingsError {
        SettingsError(key: "target", problem: "\"\(text)\" is not host:port, such as web-1:443 or [2001:db8::1]:443")
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
        guard allowed, !host.isEmpty, host.utf8.count <= 253, host.utf8.first != UInt8(ascii: "-") else {
            throw SettingsError(key: "target", problem: "\"\(host)\" is neither a host name nor an address")
        }
    }
}
