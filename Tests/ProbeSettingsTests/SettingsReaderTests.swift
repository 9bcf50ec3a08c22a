import ProbeSettings
import Testing

@Suite struct SettingsReaderTests {
    private enum Colour: String, CaseIterable { case red, green }

    @Test func typedValuesAndDefaults() throws {
        var reader = SettingsReader(["count": "3", "wait": "250ms", "deep": "yes", "colour": "green", "header.A": "x"])
        #expect(try reader.integer("count", in: 1...5, default: 1) == 3)
        #expect(try reader.duration("wait", in: .zero ... .seconds(1), default: .zero) == .milliseconds(250))
        #expect(try reader.flag("deep", default: false))
        #expect(try reader.choice("colour", default: Colour.red) == .green)
        #expect(reader.texts(under: "header.").map(\.key) == ["A"])
        #expect(try reader.integer("absent", in: 0...9, default: 7) == 7)
        try reader.finish()
    }

    @Test func anUnknownKeyIsNamed() {
        var reader = SettingsReader(["cuont": "3"])
        _ = reader.text("count")
        #expect(throws: SettingsError(key: "cuont", problem: "unknown; known: count")) { try reader.finish() }
    }

    @Test(arguments: ["", "5", "s", "1.5s", "-1s", "99999999999s", "5 s"]) func aBadSpanIsRefused(text: String) {
        var reader = SettingsReader(["wait": text])
        #expect(throws: SettingsError.self) { try reader.duration("wait", in: .zero ... .seconds(9), default: .zero) }
    }

    @Test(arguments: [
        ("1h", Duration.seconds(3600)), ("90s", .seconds(90)), ("250ms", .milliseconds(250)), ("2d", .seconds(172_800)),
    ])
    func spansRoundTrip(text: String, span: Duration) {
        #expect(Duration(spelled: text) == span)
        #expect(span.spelled == text)
    }

    @Test(
        arguments: [("web-1:443", "web-1", 443), ("[2001:db8::1]:22", "2001:db8::1", 22)] as [(String, String, UInt16)])
    func hostAndPort(text: String, host: String, port: UInt16) throws {
        let parsed = try HostPort(text)
        #expect(parsed == HostPort(host: host, port: port))
        #expect(parsed.description == text)
    }

    @Test(arguments: ["web-1", "web-1:0", "web-1:70000", "2001:db8::1:443", ":443", "a b:1", "-x:1", "a/b:1"])
    func aBadHostPortIsRefused(text: String) {
        #expect(throws: SettingsError.self) { try HostPort(text) }
    }
}
