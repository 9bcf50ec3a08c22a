package import Patterns
package import ProbeSettings
package import Vocabulary

/// What may be set on a `tcp` check; its target is `host:port`.
package struct TCPSettings: ProbeSettings {
    package static var kind: ProbeKind { "tcp" }
    package static var pace: Pace { Pace(every: .seconds(1), within: .seconds(1)) }

    package var family: TargetFamily
    /// What the server says first must hold it.
    package var banner: Pattern?
    /// What is said then.
    package var send: [UInt8]
    /// What the server answers must hold it.
    package var expect: Pattern?

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        family = try reader.choice("family", default: .any)
        banner = try Self.pattern("banner", from: &reader)
        send = []
        if let text = reader.text("send") {
            guard let bytes = EscapedText.bytes(of: text), !bytes.isEmpty, bytes.count <= 4096 else {
                throw SettingsError(
                    key: "send",
                    problem: "takes text up to 4096 bytes, with \\r \\n \\t \\\\ and \\x00 to \\xff for bytes")
            }
            send = bytes
        }
        expect = try Self.pattern("expect", from: &reader)
    }

    private static func pattern(_ key: String, from reader: inout SettingsReader) throws(SettingsError) -> Pattern? {
        guard let text = reader.text(key) else { return nil }
        do throws(PatternFault) {
            return try Pattern(text)
        } catch {
            throw SettingsError(key: key, problem: error.problem)
        }
    }

    /// Whether more than the connection counts.
    package var talks: Bool { banner != nil || !send.isEmpty || expect != nil }

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target)
    }
}
