import Curl
import Foundation
import HTTPProbe
import HTTPSettings
import ProbeKit
import ProbeSettings
import TestSupport
import Testing
import Vocabulary

/// The whole probe against nginx on loopback.
@Suite struct HTTPProbeTests {
    private let folder: TemporaryFolder
    private let probe: HTTPProbe
    private let now: Instant

    init() throws {
        let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
        self.now = now
        folder = try TemporaryFolder()
        probe = HTTPProbe(engine: CurlEngine(), secrets: Self.secrets) { now }
    }

    private static let secrets: SecretReading = { name in
        name == "portal" ? .success(["mật khẩu"]) : .failure(SecretRefusal("no secret \"\(name)\""))
    }

    private func ask(
        _ target: String, _ settings: [String: String] = [:], within time: Duration = .seconds(20)
    ) async throws -> Answer {
        try HTTPSettings.validate(target: target)
        return await probe.measure(target, settings: try HTTPSettings(settings), until: .now + time)
    }

    private func value(_ name: String, of answer: Answer) -> Double? {
        answer.readings.first { $0.metric.name == name }?.value
    }

    @Test func aGoodAnswerIsUp() async throws {
        try folder.write("xin chào", to: "index.html")
        let nginx = try Nginx(in: folder, "add_header X-Site 'Xã An Bình';")
        let answer = try await ask(
            "http://127.0.0.1:\(nginx.port)/",
            ["expect.status": "200", "expect.body": "chào", "expect.header.x-site": "An Bình"])
        #expect(answer.outcome == .up)
        #expect(value("http_status", of: answer) == 200 && value("http_body_bytes", of: answer) == 9)
        let phases = answer.readings.filter { $0.metric.name == "http_phase_seconds" }
        #expect(phases.count >= 3 && phases.allSatisfy { $0.value > 0 })
        #expect(answer.facts.contains { $0.path == "http/server" && $0.value.hasPrefix("nginx") })
    }

    @Test(arguments: [
        (["expect.status": "204"], "status"), (["expect.body": "absent"], "body"),
        (["expect.body.absent": "chào"], "body"), (["expect.header.X-None": ""], "header"),
    ])
    func anUnexpectedAnswerIsDown(settings: [String: String], code: String) async throws {
        try folder.write("xin chào", to: "index.html")
        let nginx = try Nginx(in: folder, "")
        let answer = try await ask("http://127.0.0.1:\(nginx.port)/", settings)
        #expect(answer.outcome.state == .down && answer.outcome.reason?.code == code)
    }

    @Test func fieldsAreSent() async throws {
        let nginx = try Nginx(
            in: folder, "location / { return 200 '$request_method $http_x_key $http_user_agent'; }")
        let url = "http://127.0.0.1:\(nginx.port)/"
        let settings = ["header.X-Key": "a b", "expect.body": "GET a b haidang"]
        #expect(try await ask(url, settings).outcome == .up)
        #expect(try await ask(url, ["header.User-Agent": "me", "expect.body": "GET  me"]).outcome == .up)
        let head = try await ask(url, ["method": "HEAD"])
        #expect(head.outcome == .up && value("http_body_bytes", of: head) == 0)
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) func methodsAndBodiesAreSent(method: String)
        async throws
    {
        // What is proxied is read first: nginx then knows the body.
        let inner = try Nginx(in: folder, "location / { return 200 '$request_method $http_x_body $content_type'; }")
        let nginx = try Nginx(
            in: folder,
            """
            client_body_in_single_buffer on; client_body_buffer_size 64k;
            location / { proxy_set_header X-Body $request_body; proxy_pass http://127.0.0.1:\(inner.port); }
            """)
        let url = "http://127.0.0.1:\(nginx.port)/"
        let answer = try await ask(
            url,
            [
                "method": method, "send": "{\"a\": 1}", "header.Content-Type": "application/json",
                "expect.body": "\(method) {\"a\": 1} application/json",
            ])
        #expect(answer.outcome == .up)
        #expect(try await ask(url, ["send": "x", "expect.body": "/^POST x $/"]).outcome == .up)
    }

    @Test func expressionsAreLookedFor() async throws {
        let nginx = try Nginx(in: folder, "add_header X-Version v2.17; location / { return 200 'Build 2.17-rc1'; }")
        let url = "http://127.0.0.1:\(nginx.port)/"
        let good = ["expect.body": "/^build [0-9.]+/i", "expect.header.X-Version": "/^v[2-9]\\./"]
        #expect(try await ask(url, good).outcome == .up)
        let wrong = try await ask(url, ["expect.body": "/^Build 3/"])
        #expect(wrong.outcome.reason?.code == "body" && wrong.outcome.reason?.expected == "a body with \"/^Build 3/\"")
        #expect(try await ask(url, ["expect.body.absent": "/-rc[0-9]/"]).outcome.reason?.code == "body")
        #expect(try await ask(url, ["expect.header.X-Version": "/^v3/"]).outcome.reason?.code == "header")
    }

    @Test func valuesOfJSONAreWantedAndRead() async throws {
        try folder.write(
            #"{"status": "ok", "queue": {"length": 12}, "items": [{"name": "một"}, {"on": true}], "a.b": null}"#,
            to: "index.html")
        let nginx = try Nginx(in: folder, "")
        let url = "http://127.0.0.1:\(nginx.port)/"
        let good = try await ask(
            url,
            [
                "expect.json.status": "ok", "expect.json.queue.length": "<= 100", "expect.json.items[0].name": "/^m/",
                "expect.json.items[-1].on": "true", #"expect.json.["a.b"]"#: "null",
            ])
        #expect(good.outcome == .up)
        let values = good.readings.filter { $0.metric.name == "http_json" }
        #expect(
            Set(values.map { "\($0.metric.text) \($0.value)" }) == [
                #"http_json{path="queue.length"} 12.0"#, #"http_json{path="items[-1].on"} 1.0"#,
            ])
        for (path, value, got) in [
            ("status", "!= ok", "ok"), ("queue.length", "> 12", "12"), ("items[2].name", "x", "no such value"),
            ("queue", "12", "an object"), ("status", ">= 1", "ok"), ("a.b", "null", "no such value"),
        ] {
            let wrong = try await ask(url, ["expect.json.\(path)": value])
            #expect(wrong.outcome.state == .down && wrong.outcome.reason?.code == "wrong-value")
            #expect(wrong.outcome.reason?.got == got)
        }
        try folder.write("<html>", to: "index.html")
        #expect(try await ask(url, ["expect.json.status": "ok"]).outcome.reason?.code == "malformed")
    }

    @Test func theVersionIsTheWantedOne() async throws {
        let certificates = try Certificates(in: folder)
        try certificates.issue("portal")
        let tls =
            "ssl_certificate portal.pem; ssl_certificate_key portal.key; location / { return 200 $server_protocol; }"
        let two = try Nginx(in: folder, listen: "ssl http2", tls)
        let one = try Nginx(in: folder, listen: "ssl", tls)
        let plain = try Nginx(in: folder, listen: "http2", "location / { return 200 x; }")
        func version(_ server: Nginx, _ version: String, scheme: String = "https") async throws -> Answer {
            try await ask(
                "\(scheme)://127.0.0.1:\(server.port)/",
                ["verify": "false", "expect.status": "200", "version": version])
        }
        #expect(try await version(two, "2").outcome == .up)
        #expect(try await version(plain, "2", scheme: "http").outcome == .up)
        #expect(try await version(two, "any").trace.contains { $0.hasPrefix("HTTP/2 200") })
        #expect(try await version(two, "1.1").trace.contains { $0.hasPrefix("HTTP/1.1 200") })
        let old = try await version(one, "2").outcome
        #expect(old.state == .degraded && old.reason?.code == "http-version" && old.reason?.got == "HTTP/1.1")
    }

    @Test func aPasswordOrTokenLetsIn() async throws {
        let hash = try Command.run("openssl", "passwd", "-apr1", "mật khẩu").output
        try folder.write("admin:\(hash)", to: "users")
        let nginx = try Nginx(
            in: folder,
            """
            location /basic { auth_basic portal; auth_basic_user_file \(folder.path("users")); return 200 well; }
            location /bearer { if ($http_authorization != "Bearer mật khẩu") { return 401; } return 200 well; }
            """)
        try folder.write("well", to: "basic")
        let url = "http://127.0.0.1:\(nginx.port)"
        let basic = ["login": "admin", "secret": "portal", "expect.status": "200"]
        #expect(try await ask("\(url)/bearer", ["secret": "portal", "expect.status": "200"]).outcome == .up)
        let answer = try await ask("\(url)/basic", basic)
        #expect(answer.outcome == .up)
        let refused = try await ask("\(url)/bearer", ["expect.status": "200"])
        #expect(refused.outcome.reason?.code == "status" && refused.outcome.reason?.got == "401")
        let missing = try await ask(url, ["secret": "other"])
        #expect(missing.outcome.state == .unknown && missing.outcome.reason?.code == "no-secret")
        #expect(!"\(answer)".contains("mật khẩu"))
    }

    @Test func aProxyIsTheWayAndNotTheTarget() async throws {
        let target = try Nginx(in: folder, "location / { return 200 'by $http_x_by'; }")
        // nginx forwards what is asked in whole, and refuses CONNECT.
        let proxy = try Nginx(
            in: folder,
            "location / { proxy_set_header X-By proxy; proxy_pass http://127.0.0.1:\(target.port); }")
        let through = ["proxy": "http://127.0.0.1:\(proxy.port)", "expect.body": "by proxy"]
        #expect(try await ask("http://127.0.0.1:\(target.port)/", through).outcome == .up)
        let secure = try await ask("https://127.0.0.1:\(target.port)/", ["proxy": "http://127.0.0.1:\(proxy.port)"])
        #expect(secure.outcome.state == .unknown && secure.outcome.reason?.code == "proxy-refused")
        let none = try await ask(
            "http://127.0.0.1:\(target.port)/", ["proxy": "http://127.0.0.1:\(try Loopback.freePort())"])
        #expect(none.outcome.state == .unknown && none.outcome.reason?.code == "proxy-failed")
    }

    @Test func aRedirectIsAnAnswerOrAWay() async throws {
        let nginx = try Nginx(in: folder, "location /a { return 302 /b; } location /b { return 200 end; }")
        let url = "http://127.0.0.1:\(nginx.port)/a"
        #expect(value("http_status", of: try await ask(url)) == 302)
        let followed = try await ask(url, ["redirects": "1", "expect.status": "200"])
        #expect(followed.outcome == .up && followed.trace.contains("followed 1 redirects"))
        let loop = try Nginx(in: folder, "location / { return 302 /; }")
        let lost = try await ask("http://127.0.0.1:\(loop.port)/", ["redirects": "4"])
        #expect(lost.outcome.reason?.code == "redirects")
    }

    @Test func refusedAndSilentAreToldApart() async throws {
        let refused = try await ask("http://127.0.0.1:\(try Loopback.freePort())/")
        #expect(refused.outcome.state == .down && refused.outcome.reason?.code == "connection-refused")
        #expect(refused.outcome.reason?.got.hasPrefix("Connection refused") == true)
        let silent = try Loopback()
        let timeout = try await ask("http://127.0.0.1:\(silent.port)/", within: .milliseconds(200))
        #expect(timeout.outcome.reason?.code == "timeout" && timeout.outcome.reason?.step == "request")
        let handshake = try await ask("https://127.0.0.1:\(silent.port)/", within: .milliseconds(200))
        #expect(handshake.outcome.reason?.code == "timeout" && handshake.outcome.reason?.step == "tls")
    }

    @Test func aBodyBeyondTheLimitIsDegraded() async throws {
        try folder.write(String(repeating: "x", count: 200_000), to: "index.html")
        let nginx = try Nginx(in: folder, "")
        let url = "http://127.0.0.1:\(nginx.port)/"
        let answer = try await ask(url, ["body.limit": "1000"])
        #expect(answer.outcome.state == .degraded && answer.outcome.reason?.code == "too-large")
        #expect(value("http_body_bytes", of: answer) == 1000)
        #expect(try await ask(url, ["body.limit": "200000"]).outcome == .up)
    }

    @Test func aSlowAnswerIsDegraded() async throws {
        try folder.write(String(repeating: "x", count: 30_000), to: "index.html")
        // nginx sends 20 000 bytes a second, so the answer takes longer than a millisecond on any machine.
        let nginx = try Nginx(in: folder, "limit_rate 20k;")
        let answer = try await ask("http://127.0.0.1:\(nginx.port)/", ["slow": "1ms"])
        #expect(answer.outcome.state == .degraded && answer.outcome.reason?.code == "slow")
        #expect(answer.outcome.reason?.step == "response")
    }

    @Test func whatSpeaksNoHTTPIsDown() async throws {
        let server = try LineServer(greeting: "SSH-2.0-OpenSSH_9.2p1\r\n") { _ in nil }
        #expect(try await ask("http://127.0.0.1:\(server.port)/").outcome.reason?.code == "not-http")
        let nginx = try Nginx(in: folder, "")
        #expect(try await ask("https://127.0.0.1:\(nginx.port)/").outcome.reason?.code == "tls-failed")
    }

    @Test func certificatesAreJudged() async throws {
        let certificates = try Certificates(in: folder)
        try certificates.issue("expired", fromDay: -9, toDay: -2)
        try certificates.issue("portal", toDay: 30)
        let (expired, portal) = (try tls("expired"), try tls("portal"))
        let old = try await ask("https://127.0.0.1:\(expired.port)/", ["verify": "false", "expect.status": "200-499"])
        #expect(old.outcome.state == .degraded && old.outcome.reason?.code == "certificate-expired")
        let unknown = try await ask("https://127.0.0.1:\(portal.port)/")
        #expect(unknown.outcome.state == .down && unknown.outcome.reason?.code == "certificate-untrusted")
        #expect(unknown.outcome.reason?.got.contains("Hải Đăng") == true)
        #expect(unknown.facts.contains { $0.path == "certificate/subject" && $0.value.contains("Sở Thông tin") })
        let left = try #require(value("http_certificate_expiry_seconds", of: unknown))
        #expect(abs(left - 30 * 86_400) < 3600)
        let settings = ["verify": "false", "expect.status": "200-499", "certificate.days": "31"]
        let soon = try await ask("https://127.0.0.1:\(portal.port)/", settings)
        #expect(soon.outcome.reason?.code == "certificate-expiring")
    }

    @Test func aKnownAuthorityIsTrustedUntilNameOrDateIsWrong() async throws {
        let certificates = try Certificates(in: folder)
        try certificates.issue("expired", fromDay: -9, toDay: -2)
        try certificates.issue("other", names: "DNS:other.example")
        try certificates.issue("portal", toDay: 30)
        let now = now
        let probe = HTTPProbe(
            engine: CurlEngine(), trust: .authorities(try certificates.authority), secrets: Self.secrets
        ) { now }
        func ask(_ server: Nginx) async throws -> Answer {
            let settings = try HTTPSettings(["expect.status": "403"])
            return await probe.measure(
                "https://127.0.0.1:\(server.port)/", settings: settings, until: .now + .seconds(20))
        }
        let portal = try await ask(try tls("portal"))
        #expect(portal.outcome == .up)
        #expect(portal.readings.contains { $0.metric.text == "http_phase_seconds{phase=\"tls\"}" && $0.value > 0 })
        let expired = try await ask(try tls("expired"))
        #expect(expired.outcome.state == .down && expired.outcome.reason?.code == "certificate-expired")
        #expect(expired.outcome.reason?.got.hasPrefix("it ended ") == true)
        #expect(try #require(value("http_certificate_expiry_seconds", of: expired)) < -86_400)
        let other = try await ask(try tls("other"))
        #expect(other.outcome.state == .down && other.outcome.reason?.code == "certificate-name")
        #expect(other.outcome.reason?.got == "other.example")
    }

    private func tls(_ name: String) throws -> Nginx {
        try Nginx(in: folder, listen: "ssl", "ssl_certificate \(name).pem; ssl_certificate_key \(name).key;")
    }

    @Test func anUnknownNameIsDownOrTheResolverIsBroken() async throws {
        // "invalid" is never delegated (RFC 6761): a working resolver says so, a machine without one cannot.
        let outcome = try await ask("http://nothing.invalid/").outcome
        switch outcome.reason?.code {
        case "name-not-found": #expect(outcome.state == .down)
        case "resolver-failed": #expect(outcome.state == .unknown)
        default: Issue.record("\(outcome)")
        }
    }

    @Test func aHangingResolverDoesNotOutliveTheDeadline() async {
        let answer = await NameLookUp.ask("nothing.invalid", until: .now)
        #expect(answer != .found)
    }
}
