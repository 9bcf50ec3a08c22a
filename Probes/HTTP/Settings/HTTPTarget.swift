package import ProbeSettings

/// A web address as the probe takes it: `http` or `https`, a host, perhaps a port, and where on it.
package struct HTTPTarget: Hashable, Sendable {
    package var isSecure: Bool
    package var host: String
    package var port: UInt16
    /// Path and query, beginning with `/`, or empty.
    package var path: String

    package init(_ text: String) throws(SettingsError) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            throw Self.refusal("\"\(text)\" holds a blank or a control character; write it as %20")
        }
        guard let (isSecure, rest) = Self.scheme(of: text) else {
            throw Self.refusal("\"\(text)\" is no http:// or https:// address")
        }
        self.isSecure = isSecure
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard !authority.contains(UInt8(ascii: "@")) else {
            throw Self.refusal("user and password do not belong into an address; set header.Authorization")
        }
        guard let (host, port) = Self.parts(of: authority, defaultPort: isSecure ? 443 : 80) else {
            throw Self.refusal("\"\(Substring(authority))\" is not a host with perhaps a port")
        }
        try HostPort.validate(host: host)
        self.host = host
        self.port = port
        path = String(Substring(rest[authority.endIndex...].prefix { $0 != UInt8(ascii: "#") }))
    }

    private typealias Bytes = Substring.UTF8View

    private static func scheme(of text: String) -> (isSecure: Bool, rest: Bytes)? {
        let bytes = text[...].utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let (name, rest) = (bytes[..<colon], bytes[colon...])
        // Letters of either case; what becomes these bytes with the bit set is a letter.
        let isSecure = name.elementsEqual("https".utf8) { $0 | 0x20 == $1 }
        guard isSecure || name.elementsEqual("http".utf8, by: { $0 | 0x20 == $1 }), rest.starts(with: "://".utf8)
        else { return nil }
        return (isSecure, rest.dropFirst(3))
    }

    private static func parts(of authority: Bytes, defaultPort: UInt16) -> (host: String, port: UInt16)? {
        let host: Bytes
        let rest: Bytes
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = authority[..<end].dropFirst()
            rest = authority[end...].dropFirst()
            guard host.contains(UInt8(ascii: ":")) else { return nil }
        } else {
            host = authority.prefix { $0 != UInt8(ascii: ":") }
            rest = authority[host.endIndex...]
        }
        guard !host.isEmpty else { return nil }
        guard let first = rest.first else { return (String(Substring(host)), defaultPort) }
        guard first == UInt8(ascii: ":"), let port = port(rest.dropFirst()) else { return nil }
        return (String(Substring(host)), port)
    }

    /// Digits only, from 1 on.
    private static func port(_ digits: Bytes) -> UInt16? {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = UInt16(Substring(digits)), port > 0
        else { return nil }
        return port
    }

    private static func refusal(_ problem: String) -> SettingsError {
        SettingsError(key: "target", problem: problem)
    }
}
