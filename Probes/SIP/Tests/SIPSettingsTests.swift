import ProbeSettings
import SIPSettings
import Testing

@Suite struct SIPSettingsTests {
    @Test func whatIsNotSaidIsDefault() throws {
        let settings = try SIPSettings([:])
        #expect(settings.transport == .udp && settings.method == .options && settings.peer == .endpoint)
        #expect(settings.login == nil && settings.expected == nil && settings.slow == nil && !settings.verifies)
        #expect(settings.defaultPort == 5060 && settings.certificateDays == 14 && settings.bindings == 1)
        #expect(try SIPSettings(["transport": "tls"]).defaultPort == 5061)
    }

    @Test(arguments: [
        ["transport": "sctp"], ["method": "invite"], ["method": "register"], ["user": "a b"], ["user": "a@b"],
        ["user": "a\r\nVia: x"], ["domain": "a b"], ["domain": "-"], ["login": "a"], ["secret": "/a"],
        ["login": "a\n", "secret": "/b"], ["login": "", "secret": "/b"], ["login": "a", "secret": ""],
        ["login": "a", "secret": "a b"],
        ["password": "a"], ["expect.status": "100"],
        ["expect.status": "700"], ["expect.status": "200-"], ["expect.status": ""], ["expect.bindings": "65"],
        ["slow": "5"], ["verify": "maybe"], ["certificate.days": "-1"], ["unknown": "x"], ["family": "5"],
    ])
    func whatCannotBeTakenIsRefused(values: [String: String]) {
        #expect(throws: SettingsError.self) { try SIPSettings(values) }
    }

    @Test func thePasswordIsInNoDescription() throws {
        let login = SIPLogin(user: "room1", password: "s3cret")
        #expect("\(login)".contains("room1") && !"\(login)".contains("s3cret"))
        #expect(!String(reflecting: login).contains("s3cret") && !"\([login])".contains("s3cret"))
    }

    @Test func targetsAreChecked() throws {
        for good in ["codec-1", "codec-1:5062", "192.0.2.7", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:5061"] {
            try SIPSettings.validate(target: good)
        }
        #expect(try HostPort("2001:db8::1", defaultPort: 5060).description == "[2001:db8::1]:5060")
        #expect(try HostPort("[::1]", defaultPort: 5060) == HostPort(host: "::1", port: 5060))
        for wrong in ["", ":5060", "a:0", "a:65536", "[::1", "a b", "sip:a@b", "[]", "[::1]:", "a]:5060"] {
            #expect(throws: SettingsError.self) { try SIPSettings.validate(target: wrong) }
        }
    }
}
