import Foundation
import ProbeKit
import ProbeSettings
import Sockets
import TLS
import TLSProbe
import TLSSettings
import TestSupport
import Testing
import Vocabulary

/// The whole probe against nginx on loopback.
@Suite struct TLSProbeTests {
    private let folder: TemporaryFolder
    private let certificates: Certificates
    private let probe: TLSProbe
    private let now: Instant

    init() throws {
        let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
        self.now = now
        folder = try TemporaryFolder()
        certificates = try Certificates(in: folder)
        let poller = try Poller()
        probe = TLSProbe(
            poller: poller, resolver: SystemResolver(poller: poller), trust: .file(folder.path("ca.pem"))
        ) { now }
    }

    private func ask(
        _ target: String, _ settings: [String: String] = [:], within time: Duration = .seconds(20)
    ) async throws -> Answer {
        try TLSSettings.validate(target: target)
        return await probe.measure(target, settings: try TLSSettings(settings), until: .now + time)
    }

    private func nginx(_ name: String, _ more: String = "ssl_protocols TLSv1.2 TLSv1.3;") throws -> Nginx {
        try Nginx(in: folder, listen: "ssl", "ssl_certificate \(name).pem; ssl_certificate_key \(name).key; \(more)")
    }

    private func ask(_ server: Nginx, _ settings: [String: String] = [:]) async throws -> Answer {
        let answer = try await ask("127.0.0.1:\(server.port)", settings)
        return withExtendedLifetime(server) { answer }
    }

    /// With its own key and signature, where `Certificates` always takes the same.
    private func selfSign(_ name: String, _ arguments: String...) throws {
        try Command.run(
            "openssl",
            arguments: [
                "req", "-x509", "-new", "-nodes", "-keyout", folder.path("\(name).key"), "-out",
                folder.path("\(name).pem"), "-days", "90", "-subj", "/CN=\(name)", "-addext",
                "subjectAltName=IP:127.0.0.1",
            ] + arguments)
    }

    private func value(_ name: String, of answer: Answer) -> Double? {
        answer.readings.first { $0.metric.name == name }?.value
    }

    @Test func whatIsWellIsUpAndTold() async throws {
        try certificates.issue("portal", names: "DNS:portal.example,DNS:*.wild.example,IP:127.0.0.1", toDay: 30)
        let server = try nginx("portal")
        let answer = try await ask(
            server, ["names": "portal.example, a.wild.example", "version": "1.3"])
        #expect(answer.outcome == .up)
        let phases = answer.readings.filter { $0.metric.name == "tls_phase_seconds" }
        #expect(phases.map(\.metric.text).count == 3 && phases.allSatisfy { $0.value >= 0 })
        let left = try #require(value("tls_certificate_expiry_seconds", of: answer))
        #expect(abs(left - 30 * 86_400) < 3600 && value("tls_key_bits", of: answer) == 256)
        let facts = Dictionary(answer.facts.map { ($0.path, $0.value) }) { first, _ in first }
        #expect(facts["tls/version"] == "TLSv1.3" && facts["certificate/key"] == "EC 256")
        #expect(facts["certificate/subject"] == "CN = portal, O = Sở Thông tin")
        #expect(facts["certificate/names"] == "portal.example, *.wild.example, 127.0.0.1")
        #expect(facts["certificate/sha256"]?.count == 64 && facts["certificate/signature"] == "ecdsa-with-SHA256")
    }

    @Test(arguments: [
        ("expired", "IP:127.0.0.1", -9, -2, "certificate-expired", "it ended "),
        ("early", "IP:127.0.0.1", 2, 9, "certificate-untrusted", "it begins "),
        ("other", "DNS:other.example", -1, 90, "certificate-name", "other.example"),
        // What is wrong with the date is said before what is wrong with the name.
        ("both", "DNS:other.example", -9, -2, "certificate-expired", "it ended "),
    ])
    func whatClientsRefuseIsDown(
        name: String, names: String, from: Int, to: Int, code: String, got: String
    ) async throws {
        try certificates.issue(name, names: names, fromDay: from, toDay: to)
        let answer = try await ask(try nginx(name))
        #expect(answer.outcome.state == .down && answer.outcome.reason?.code == code)
        #expect(answer.outcome.reason?.got.hasPrefix(got) == true)
        #expect(answer.facts.contains { $0.path == "certificate/subject" && $0.value.contains("CN = \(name)") })
    }

    @Test func withoutVerifyTheDateStillCounts() async throws {
        try certificates.issue("expired", names: "DNS:other.example", fromDay: -9, toDay: -2)
        try certificates.issue("soon", toDay: 9)
        let expired = try await ask(try nginx("expired"), ["verify": "false"])
        #expect(expired.outcome.state == .degraded && expired.outcome.reason?.code == "certificate-expired")
        let server = try nginx("soon")
        let soon = try await ask(server)
        #expect(soon.outcome.state == .degraded && soon.outcome.reason?.code == "certificate-expiring")
        #expect(soon.outcome.reason?.got.hasPrefix("9 days, until ") == true)
        #expect(try await ask(server, ["certificate.days": "5"]).outcome == .up)
    }

    @Test func theNameThatIsMeantIsToldAndWanted() async throws {
        try certificates.issue("portal", names: "DNS:portal.example")
        let server = try nginx("portal", "server_name portal.example;")
        #expect(try await ask(server, ["name": "portal.example"]).outcome == .up)
        let wrong = try await ask(server, ["name": "mail.example"])
        #expect(wrong.outcome.reason?.code == "certificate-name")
        let missing = try await ask(server, ["name": "portal.example", "names": "mail.example"])
        #expect(missing.outcome.state == .down && missing.outcome.reason?.code == "certificate-name")
        #expect(missing.outcome.reason?.expected == "a certificate for mail.example")
    }

    @Test func whoseIssuerIsMissingAndWhoSignedItselfAreToldApart() async throws {
        try certificates.issue("portal")
        try selfSign("alone")
        let poller = try Poller()
        let stranger = TLSProbe(
            poller: poller, resolver: SystemResolver(poller: poller), trust: .file(folder.path("alone.pem"))
        ) { [now] in now }
        func askStranger(_ server: Nginx) async throws -> Answer {
            let answer = await stranger.measure(
                "127.0.0.1:\(server.port)", settings: try TLSSettings([:]), until: .now + .seconds(20))
            return withExtendedLifetime(server) { answer }
        }
        let missing = try await askStranger(try nginx("portal"))
        #expect(missing.outcome.state == .down && missing.outcome.reason?.code == "certificate-chain")
        #expect(missing.outcome.reason?.got.contains("Test authority") == true)
        let alone = try await ask(try nginx("alone"))
        #expect(alone.outcome.reason?.code == "certificate-untrusted")
        #expect(alone.outcome.reason?.got == "the certificate is self-signed")
        // A chain with its root, which nobody here knows.
        try folder.write(
            String(decoding: folder.bytes(of: "portal.pem") + certificates.authority, as: UTF8.self),
            to: "whole.pem")
        try folder.write(String(decoding: folder.bytes(of: "portal.key"), as: UTF8.self), to: "whole.key")
        let whole = try await askStranger(try nginx("whole"))
        #expect(whole.outcome.reason?.code == "certificate-untrusted")
        #expect(whole.outcome.reason?.got.contains("chain ends in a self-signed") == true)
    }

    @Test func weakKeysSignaturesAndVersionsAreDegraded() async throws {
        try selfSign("short", "-newkey", "rsa:1024")
        try selfSign("sha1", "-newkey", "rsa:2048", "-sha1")
        let weak = "ssl_protocols TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0;"
        let short = try await ask(try nginx("short", weak), ["verify": "false"])
        #expect(short.outcome.state == .degraded && short.outcome.reason?.code == "certificate-weak")
        #expect(short.outcome.reason?.got == "RSA 1024")
        try certificates.issue("portal")
        let old = "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;"
        let answer = try await ask(try nginx("portal", old))
        #expect(answer.outcome.state == .degraded && answer.outcome.reason?.code == "tls-version")
        #expect(answer.outcome.reason?.got == "TLS 1.1")
        let null =
            "ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA256:ECDHE-ECDSA-AES128-SHA; ssl_prefer_server_ciphers on;"
        #expect(try await ask(try nginx("portal", null)).outcome == .up)
        let later = try await ask(try nginx("portal", null), ["version": "1.3"])
        #expect(later.outcome.reason?.code == "tls-version")
    }

    @Test func whatSpeaksNoTLSIsDownAndWhatIsSilentIsLate() async throws {
        let plain = try Nginx(in: folder, "")
        let answer = try await ask(plain)
        #expect(answer.outcome.state == .down && answer.outcome.reason?.code == "tls-failed")
        #expect(answer.outcome.reason?.got.hasPrefix("no TLS; ") == true)
        let silent = try Loopback()
        let late = try await ask("127.0.0.1:\(silent.port)", within: .milliseconds(300))
        #expect(late.outcome.reason?.code == "timeout" && late.outcome.reason?.step == "tls")
        let closed = try await ask("127.0.0.1:\(try Loopback.freePort())")
        #expect(closed.outcome.reason?.code == "connection-refused" && closed.outcome.reason?.step == "connect")
        try certificates.issue("portal")
        let only13 = try nginx("portal", "ssl_protocols TLSv1.3; ssl_ecdh_curve brainpoolP512r1;")
        let nothing = try await ask(only13)
        #expect(nothing.outcome.reason?.code == "tls-failed")
    }

    @Test func startTLSIsRefusedInTheServersWords() async throws {
        let mail = try LineServer(greeting: "220 mail.example ESMTP\r\n") { line in
            line.hasPrefix("EHLO") ? "250-mail.example\r\n250 8BITMIME\r\n" : "502 5.5.1 not here\r\n"
        }
        let refused = try await ask("127.0.0.1:\(mail.port)", ["starttls": "smtp"])
        #expect(refused.outcome.state == .down && refused.outcome.reason?.code == "starttls-refused")
        #expect(refused.outcome.reason?.got == "\"502 5.5.1 not here\"" && refused.outcome.reason?.step == "starttls")
        let shell = try LineServer(greeting: "SSH-2.0-OpenSSH_9.2p1\r\n") { _ in nil }
        let other = try await ask("127.0.0.1:\(shell.port)", ["starttls": "smtp"])
        #expect(other.outcome.reason?.expected == "a greeting of SMTP")
    }

    @Test func aMachineWithoutAuthoritiesDoesNotBlameTheServer() async throws {
        let poller = try Poller()
        let probe = TLSProbe(
            poller: poller, resolver: SystemResolver(poller: poller), trust: .file(folder.path("nothing.pem"))
        ) { [now] in now }
        let answer = await probe.measure("127.0.0.1:9", settings: try TLSSettings([:]), until: .now + .seconds(20))
        #expect(answer.outcome.state == .unknown && answer.outcome.reason?.code == "no-authorities")
    }
}
