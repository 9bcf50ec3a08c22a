extension HostPort {
    /// A host that may do without its port: `codec-1`, `codec-1:5062`, `192.0.2.7`, `2001:db8::1`, `[2001:db8::1]:5062`.
    package init(_ text: String, defaultPort: UInt16) throws(SettingsError) {
        let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
        // Several colons without brackets are an IPv6 address.
        if colons == 0 || colons > 1 && !text.hasPrefix("[") {
            try Self.validate(host: text)
            self.init(host: text, port: defaultPort)
        } else if text.hasPrefix("["), text.hasSuffix("]") {
            let host = String(text.dropFirst().dropLast())
            try Self.validate(host: host)
            self.init(host: host, port: defaultPort)
        } else {
            try self.init(text)
        }
    }
}
