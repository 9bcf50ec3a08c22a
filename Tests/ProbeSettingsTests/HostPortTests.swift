import ProbeSettings
import Testing

@Suite struct HostPortTests {
    @Test(
        arguments: [
            ("codec-1", "codec-1:5060"), ("codec-1:5062", "codec-1:5062"), ("192.0.2.7", "192.0.2.7:5060"),
            ("192.0.2.7:1", "192.0.2.7:1"), ("2001:db8::1", "[2001:db8::1]:5060"), ("::1", "[::1]:5060"),
            ("[2001:db8::1]", "[2001:db8::1]:5060"), ("[2001:db8::1]:5062", "[2001:db8::1]:5062"),
        ])
    func thePortMayBeLeftOut(text: String, whole: String) throws {
        #expect(try HostPort(text, defaultPort: 5060).description == whole)
    }

    @Test(
        arguments: [
            "", ":", ":5060", "codec-1:", "codec-1:0", "codec-1:65536", "codec-1:x", "a b", "sip:room@codec-1", "[",
            "[]", "[]:1", "[::1", "[::1]5060", "[::1]:", "-codec",
        ])
    func whatIsNoHostIsRefused(text: String) {
        #expect(throws: SettingsError.self) { try HostPort(text, defaultPort: 5060) }
    }
}
