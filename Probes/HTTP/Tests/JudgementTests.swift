import Curl
import Foundation
import HTTPProbe
import HTTPSettings
import ProbeKit
import ProbeSettings
import TLS
import Testing
import Vocabulary

/// The judgement alone: no server, no clock.
@Suite struct JudgementTests {
    private let now = Instant(seconds: 1_700_000_000)
    private static let day = Duration.seconds(86_400)

    private func judge(
        _ settings: [String: String] = [:], _ change: (inout TransferResult) -> Void = { _ in }
    ) throws -> Answer {
        var result = TransferResult()
        result.status = 200
        result.version = "1.1"
        change(&result)
        return Judgement(settings: try HTTPSettings(settings), now: now).answer(.success(result))
    }

    private func judge(
        _ kind: TransferError.Kind, step: TransferError.Step = .connect, errno: Int32 = 0, lookUp: NameLookUp? = nil,
        certificate: PeerCertificate? = nil
    ) throws -> Answer {
        var judgement = Judgement(settings: try HTTPSettings([:]), now: now)
        judgement.lookUp = lookUp
        var error = TransferError(kind, step: step, code: 7, message: "words", errno: errno)
        error.certificate = certificate
        return judgement.answer(.failure(error))
    }

    private func certificate(endsIn span: Duration) -> PeerCertificate {
        var certificate = PeerCertificate()
        certificate.subject = "CN = portal"
        certificate.issuer = "CN = authority"
        certificate.names = ["portal.example"]
        certificate.notBefore = now - Self.day
        certificate.notAfter = now + span
        return certificate
    }

    @Test(
        arguments: [
            (200, "", State.up), (204, "", .up), (301, "", .up), (399, "", .up), (400, "", .down), (500, "", .down),
            (404, "404", .up), (200, "404", .down), (302, "200-299,301", .down), (301, "200-299,301", .up),
            (0, "", .down),
        ] as [(Int, String, State)])
    func aStatusIsExpectedOrNot(status: Int, expected: String, state: State) throws {
        let answer = try judge(expected.isEmpty ? [:] : ["expect.status": expected]) { $0.status = status }
        #expect(answer.outcome.state == state)
        guard state == .down else { return }
        let wanted = expected.isEmpty ? "200-399" : expected
        #expect(answer.outcome.reason == Reason("status", step: "response", expected: wanted, got: "\(status)"))
    }

    @Test(
        arguments: [
            ("expect.body", "xin chào", State.up), ("expect.body", "Xin", .down), ("expect.body", "chàoo", .down),
            ("expect.body", "o", .up), ("expect.body.absent", "lỗi", .up), ("expect.body.absent", "chào", .down),
        ] as [(String, String, State)])
    func textIsThereOrNot(key: String, text: String, state: State) throws {
        let answer = try judge([key: text]) {
            $0.body = Array("a xin chào".utf8)
            $0.bodySize = $0.body.count
        }
        #expect(answer.outcome.state == state)
        #expect(answer.outcome.reason?.code == (state == .up ? nil : "body"))
    }

    @Test(arguments: [
        ("Server", "nginx", nil), ("sErVeR", "1.22", nil), ("Server", "Apache", "header"), ("X-A", "", "header"),
    ])
    func aFieldIsThereOrNot(name: String, text: String, code: String?) throws {
        let answer = try judge(["expect.header.\(name)": text]) { $0.headers = [Header("server", "nginx/1.22")] }
        #expect(answer.outcome.reason?.code == code)
    }

    @Test func aCutBodyIsDegradedAndItsMissingTextNoVerdict() throws {
        let cut = { (result: inout TransferResult) in
            result.body = Array("abc".utf8)
            result.bodySize = 3
            result.isBodyCut = true
        }
        #expect(try judge(["body.limit": "3"], cut).outcome.reason?.code == "too-large")
        #expect(try judge(["expect.body": "zzz"], cut).outcome.state == .degraded)
        #expect(try judge(["expect.body.absent": "b"], cut).outcome.state == .down)
        #expect(try judge(["expect.status": "404"], cut).outcome.reason?.code == "status")
    }

    @Test func slownessNamesTheLongestPhase() throws {
        let timed = { (result: inout TransferResult) in
            result.timings.connect = .milliseconds(10)
            result.timings.request = .milliseconds(700)
            result.timings.total = .milliseconds(750)
        }
        #expect(try judge([:], timed).outcome == .up)
        #expect(try judge(["slow": "750ms"], timed).outcome == .up)
        let reason = Reason("slow", step: "request", expected: "at most 749 ms", got: "750 ms")
        #expect(try judge(["slow": "749ms"], timed).outcome == .degraded(reason))
    }

    @Test(
        arguments: [
            (15, 14, nil), (14, 14, nil), (13, 14, "certificate-expiring"), (0, 14, "certificate-expired"),
            (-3, 14, "certificate-expired"), (-3, 0, nil), (5, 0, nil), (29, 30, "certificate-expiring"),
        ] as [(Int, Int, String?)])
    func aCertificateEndsSoonOrNot(left: Int, days: Int, code: String?) throws {
        let answer = try judge(["certificate.days": "\(days)"]) {
            $0.certificate = certificate(endsIn: Self.day * left)
        }
        #expect(answer.outcome.reason?.code == code)
        #expect(answer.outcome.state == (code == nil ? .up : .degraded))
        #expect(answer.readings.contains(Reading(Metric("http_certificate_expiry_seconds"), Double(left * 86_400))))
    }

    @Test func readingsFactsAndTraceTellTheExchange() throws {
        let answer = try judge {
            $0.bodySize = 9
            $0.headers = [Header("Server", "nginx")]
            $0.timings.resolve = .milliseconds(1)
            $0.timings.tls = .milliseconds(3)
            $0.timings.total = .milliseconds(5)
            $0.certificate = certificate(endsIn: Self.day * 90)
        }
        let expected = [
            Reading(Metric("http_phase_seconds", ["phase": "resolve"]), 0.001),
            Reading(Metric("http_phase_seconds", ["phase": "tls"]), 0.003),
            Reading(Metric("http_duration_seconds"), 0.005),
            Reading(Metric("http_status"), 200), Reading(Metric("http_body_bytes"), 9),
            Reading(Metric("http_certificate_expiry_seconds"), 7_776_000),
        ]
        #expect(answer.readings.map(\.metric) == expected.map(\.metric))
        for (reading, wanted) in zip(answer.readings, expected) { #expect(abs(reading.value - wanted.value) < 1e-9) }
        #expect(answer.facts.contains(Fact("certificate", "subject", value: "CN = portal")))
        #expect(answer.facts.contains(Fact("certificate", "issuer", value: "CN = authority")))
        #expect(answer.facts.contains(Fact("certificate", "not-after", value: "2024-02-12T22:13:20.000Z")))
        #expect(answer.facts.contains(Fact("http", "server", value: "nginx")))
        #expect(answer.trace.contains("HTTP/1.1 200, 9 bytes of body"))
    }

    @Test(
        arguments: [
            (.unconnected, .connect, 111, State.down, "connection-refused"),
            (.unconnected, .connect, 113, .down, "unreachable"), (.unconnected, .connect, 110, .down, "timeout"),
            (.timedOut, .connect, 0, .down, "timeout"), (.timedOut, .tls, 0, .down, "timeout"),
            (.timedOut, .request, 0, .down, "timeout"), (.timedOut, .resolve, 0, .unknown, "resolver-failed"),
            (.tlsFailed, .tls, 0, .down, "tls-failed"), (.unverified(.expired), .tls, 0, .down, "certificate-expired"),
            (.unverified(.wrongName), .tls, 0, .down, "certificate-name"),
            (.unverified(.untrusted("x")), .tls, 0, .down, "certificate-untrusted"),
            (.unverified(.notYetValid), .tls, 0, .down, "certificate-untrusted"),
            (.lost, .request, 0, .down, "connection-lost"), (.protocolViolated, .request, 0, .down, "not-http"),
            (.tooManyRedirects, .response, 0, .down, "redirects"),
            (.noSocket, .connect, 24, .unknown, "no-local-socket"),
            (.noSocket, .connect, 99, .unknown, "no-local-socket"),
            (.badCredentials, .tls, 0, .unknown, "no-authorities"), (.cancelled, .resolve, 0, .unknown, "cancelled"),
            (.closed, .resolve, 0, .unknown, "cancelled"), (.invalid, .resolve, 0, .unknown, "not-asked"),
            (.other, .response, 0, .unknown, "not-asked"),
        ] as [(TransferError.Kind, TransferError.Step, Int32, State, String)])
    func eachFailureHasItsCode(
        kind: TransferError.Kind, step: TransferError.Step, errno: Int32, state: State, code: String
    ) throws {
        let outcome = try judge(kind, step: step, errno: errno).outcome
        #expect(outcome.state == state && outcome.reason?.code == code && outcome.reason?.step == step.rawValue)
        #expect(outcome.reason?.got.isEmpty == false)
    }

    @Test func aBrokenResolverIsNotAMissingName() throws {
        let missing = try judge(.unresolved, step: .resolve, lookUp: .noSuchName)
        #expect(missing.outcome.state == .down && missing.outcome.reason?.code == "name-not-found")
        let broken = try judge(.unresolved, step: .resolve, lookUp: .failed("Temporary failure in name resolution"))
        let reason = Reason(
            "resolver-failed", step: "resolve", expected: "an answer from the resolver",
            got: "Temporary failure in name resolution")
        #expect(broken.outcome == .unknown(reason))
    }

    @Test func aRefusedCertificateIsQuoted() throws {
        let seen = certificate(endsIn: Self.day * -2)
        let expired = try judge(.unverified(.expired), step: .tls, certificate: seen)
        #expect(expired.outcome.reason?.got == "it ended 2023-11-12T22:13:20.000Z")
        #expect(expired.readings == [Reading(Metric("http_certificate_expiry_seconds"), -172_800)])
        let name = try judge(.unverified(.wrongName), step: .tls, certificate: seen)
        #expect(name.outcome.reason?.got == "portal.example")
        let stranger = try judge(.unverified(.untrusted("self-signed")), step: .tls, certificate: seen)
        #expect(stranger.outcome.reason?.got == "self-signed; issued by CN = authority")
    }

    /// A recorded answer of nginx 1.22, as it came over the line.
    @Test func aRecordedAnswerIsJudged() throws {
        let url = try #require(
            Bundle.module.url(forResource: "nginx-404", withExtension: "http", subdirectory: "Fixtures"))
        let parts = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\r\n\r\n")
        let answer = try judge([
            "expect.status": "200,404", "expect.header.content-type": "html", "expect.body": "404 Not Found",
        ]) {
            var head = AnswerHead()
            for line in parts[0].components(separatedBy: "\r\n") { head.take(line: Array(line.utf8)) }
            $0.status = 404
            $0.headers = head.headers
            $0.body = Array(parts[1].utf8)
        }
        #expect(answer.outcome == .up)
        #expect(answer.facts == [Fact("http", "server", value: "nginx/1.22.1")])
    }

    @Test(
        arguments: [
            (0, NameLookUp.found), (-2, .noSuchName), (-5, .noSuchName), (-9, .noSuchName),
            (-3, .failed("Temporary failure in name resolution")),
            (-4, .failed("Non-recoverable failure in name resolution")),
        ] as [(Int32, NameLookUp)])
    func theResolversCodesAreToldApart(code: Int32, meaning: NameLookUp) {
        #expect(NameLookUp(code: code, errno: 0) == meaning)
    }
}
