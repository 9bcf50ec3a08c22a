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
        probe = HTTPProbe(engine: try CurlEngine()) { now }
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
        let probe = HTTPProbe(engine: try CurlEngine(), trust: .authorities(try certificates.authority)) { now }
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
        #expect(other.outcome.reason?.got == "DNS:other.example")
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
