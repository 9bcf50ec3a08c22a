import HTTPSettings
import Patterns
import ProbeSettings
import Testing
import Vocabulary

@Suite struct HTTPSettingsTests {
    @Test func defaultsAreThoseOfThePage() throws {
        let settings = try HTTPSettings([:])
        #expect(settings.method == .get && settings.status == StatusSet([200...399]) && settings.redirects == 0)
        #expect(settings.verifies && settings.certificateDays == 14 && settings.slow == nil)
        #expect(settings.family == .any && settings.bodyLimit == 1_048_576 && settings.body == nil)
        #expect(HTTPSettings.pace == Pace(every: .seconds(10), within: .seconds(5)))
    }

    @Test func everyKeyIsRead() throws {
        let settings = try HTTPSettings([
            "method": "GET", "expect.status": "200-299,301", "expect.body": "ok", "expect.body.absent": "error",
            "expect.header.Server": "nginx", "header.X-Site": "Xã An Bình", "redirects": "3", "verify": "false",
            "certificate.days": "0", "slow": "800ms", "family": "ipv6", "body.limit": "5000",
        ])
        #expect(settings.status.contains(301) && !settings.status.contains(302))
        #expect(settings.expectedFields.map(\.name) == ["Server"])
        #expect(settings.expectedFields.map { $0.pattern?.description } == ["nginx"])
        #expect(settings.sentFields == [HTTPSettings.Field(name: "X-Site", value: "Xã An Bình")])
        #expect(settings.slow == .milliseconds(800) && settings.family == .ipv6 && !settings.verifies)
    }

    @Test(
        arguments: [
            ("method", "TRACE"), ("version", "3"), ("expect.body", "/(/"), ("expect.json.a..b", "x"),
            ("expect.json.a[x]", "x"),
            ("expect.json.a", ">= x"), ("expect.json.a", "/[/"), ("proxy", "web-1:3128"), ("proxy", "http://p:1/x"),
            ("login", "a:b"), ("auth", "digest"), ("auth", "ntlm"), ("secret", "a b"), ("expect.status", "99"),
            ("expect.status", "200-"), ("expect.status", "300-200"),
            ("expect.status", ""), ("expect.status", "2xx"), ("expect.status", "200,,201"), ("expect.body", ""),
            ("redirects", "11"), ("verify", "maybe"), ("certificate.days", "-1"), ("slow", "fast"), ("family", "ipx"),
            ("body.limit", "0"), ("header.A B", "x"), ("header.X", "a\r\nb"), ("expect.header.Ă", "x"),
            ("colour", "red"),
        ] as [(String, String)])
    func aBadValueIsRefusedByItsKey(key: String, value: String) {
        let error = #expect(throws: SettingsError.self) { try HTTPSettings([key: value]) }
        #expect(error?.key == key)
    }

    @Test func waysIntoJSONAreRead() {
        #expect(
            JSONPath("a.b[0][-1].c")?.steps == [.member("a"), .member("b"), .element(0), .element(-1), .member("c")])
        #expect(JSONPath(#"["a.b"].ă"#)?.steps == [.member("a.b"), .member("ă")])
        for wrong in ["", ".", "a.", ".a", "a[", "a[]", "a]", "a[1", #"["a]"#, "a b[0", "[1.5]", "a[0]b"] {
            #expect(JSONPath(wrong) == nil)
        }
    }

    @Test func aBodyIsPostedAndASecretLetsIn() throws {
        #expect(try HTTPSettings(["send": "x"]).method == .post)
        #expect(throws: SettingsError.self) { try HTTPSettings(["send": "x", "method": "GET"]) }
        #expect(try HTTPSettings(["secret": "s"]).access?.scheme == .bearer)
        #expect(try HTTPSettings(["secret": "s", "login": "a"]).access?.scheme == .basic)
        #expect(try HTTPSettings(["login": "a", "auth": "digest"]).access == nil)
        #expect(throws: SettingsError.self) { try HTTPSettings(["secret": "s", "auth": "basic"]) }
    }

    @Test func headBringsNoBodyToLookInto() {
        #expect(throws: SettingsError.self) { try HTTPSettings(["method": "HEAD", "expect.body": "x"]) }
    }

    @Test(
        arguments: [
            ("http://web-1", false, "web-1", 80, ""), ("HTTPS://web-1/", true, "web-1", 443, "/"),
            ("http://192.0.2.7:8080/a?b=c#d", false, "192.0.2.7", 8080, "/a?b=c"),
            ("https://[2001:db8::1]:8443/x", true, "2001:db8::1", 8443, "/x"), ("http://h?q", false, "h", 80, "?q"),
        ] as [(String, Bool, String, UInt16, String)])
    func targetsAreRead(text: String, isSecure: Bool, host: String, port: UInt16, path: String) throws {
        let target = try HTTPTarget(text)
        #expect(target.isSecure == isSecure && target.host == host && target.port == port && target.path == path)
        try HTTPSettings.validate(target: text)
    }

    @Test(arguments: [
        "", "web-1", "ftp://web-1/", "http://", "http:///x", "http://a b/", "http://u:p@web-1/", "http://web-1:0/",
        "http://web-1:99999/", "http://web-1:+80/", "http://web-1:/", "http://[::1/", "http://[web]/", "http://-x/",
        "http://web-1\n/", "http://2001:db8::1/", "https://tỉnh.example/",
    ])
    func aBadTargetIsRefused(text: String) {
        let error = #expect(throws: SettingsError.self) { try HTTPSettings.validate(target: text) }
        #expect(error?.key == "target")
    }
}
