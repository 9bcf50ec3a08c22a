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
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else {
            throw Self.refusal("user and password do not belong into an address; set header.Authorization")
        }
        guard let (host, port) = Self.parts(of: authority, defaultPort: isSecure ? 443 : 80) else {
            throw Self.refusal("\"\(authority)\" is not a host with perhaps a port")
        }
        try HostPort.validate(host: host)
        self.host = host
        self.port = port
        path = String(rest.dropFirst(authority.count).prefix { $0 != "#" })
    }

    private static func scheme(of text: String) -> (isSecure: Bool, rest: Substring)? {
        for (scheme, isSecure) in [("http://", false), ("https://", true)]
        where text.prefix(scheme.count).lowercased() == scheme {
            return (isSecure, text.dropFirst(scheme.count))
        }
        return nil
    }

    private static func parts(of authority: Substring, defaultPort: UInt16) -> (host: String, port: UInt16)? {
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[..<end].dropFirst()
            rest = authority[authority.index(after: end)...]
            guard host.contains(":") else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority.dropFirst(host.count)
        }
        guard !host.isEmpty else { return nil }
        guard rest.hasPrefix(":") else { return rest.isEmpty ? (String(host), defaultPort) : nil }
        guard let port = UInt16(rest.dropFirst()), port > 0, rest.dropFirst().utf8.allSatisfy({ $0 != 0x2b }) else {
            return nil
        }
        return (String(host), port)
    }

    private static func refusal(_ problem: String) -> SettingsError {
        SettingsError(key: "target", problem: problem)
    }
}
