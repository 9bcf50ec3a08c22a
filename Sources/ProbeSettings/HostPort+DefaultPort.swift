extension HostPort {
    /// A host that may do without its port: `codec-1`, `codec-1:5062`, `192.0.2.7`, `2001:db8::1`, `[2001:db8::1]:5062`.
    package init(_ text: String, defaultPort: UInt16) throws(SettingsError) {
        let bytes = text.utf8
        let isBracketed = bytes.first == UInt8(ascii: "[")
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        // Several colons without brackets are an IPv6 address.
        if !isBracketed, colon == nil || colon != bytes.lastIndex(of: UInt8(ascii: ":")) {
            try Self.validate(host: text)
            self.init(host: text, port: defaultPort)
        } else if isBracketed, bytes.last == UInt8(ascii: "]") {
            let host = String(text.dropFirst().dropLast())
            try Self.validate(host: host)
            self.init(host: host, port: defaultPort)
        } else {
            try self.init(text)
        }
    }
}
