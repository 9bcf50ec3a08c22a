import CodecProbe
import CodecSettings
import Curl
import Documents
import ProbeKit
import ProbeSettings
import TestSupport
import Testing
import Vocabulary

/// The whole probe against nginx on loopback, which hands out documents that were written by hand: a stand-in, no device.
@Suite struct CodecProbeTests {
    private let folder: TemporaryFolder
    private let engine: CurlEngine

    init() throws {
        folder = try TemporaryFolder()
        engine = CurlEngine()
    }

    private func ask(
        _ probe: CodecProbe, _ port: UInt16, _ settings: [String: String], within time: Duration = .seconds(20)
    ) async throws -> Answer {
        await probe.measure(
            "127.0.0.1:\(port)",
            settings: try CodecSettings(["secret": "codecs", "scheme": "http"].merging(settings) { $1 }),
            until: .now + time)
    }

    private func probe(password: String = "let-me-in") -> CodecProbe {
        CodecProbe(engine: engine) { name in
            name == "codecs" ? .success([password]) : .failure(SecretRefusal("no secret \(name)"))
        }
    }

    private func steps(_ answer: Answer) -> [Double] {
        ["codec_reachable", "codec_signed_in", "codec_fresh"].compactMap { name in
            answer.readings.first { $0.metric.name == name }?.value
        }
    }

    /// `admin` with `let-me-in`.
    private static let roomOS = """
        location = /status.xml {
            if ($http_authorization != "Basic YWRtaW46bGV0LW1lLWlu") { return 401; }
            default_type text/xml;
        }
        """

    @Test func roomOSIsAskedForItsDocument() async throws {
        try folder.write(String(decoding: Fixture.bytes("roomos-11.xml"), as: UTF8.self), to: "status.xml")
        let nginx = try Nginx(in: folder, Self.roomOS)
        let answer = try await ask(probe(), nginx.port, [:])
        #expect(answer.outcome == .up && steps(answer) == [1, 1, 1])
        #expect(answer.facts.contains(Fact("hardware", "serial", value: "FOC0001CCCC")))
        #expect(answer.trace.first?.hasPrefix("GET /status.xml: HTTP 200") == true)
        #expect(answer.trace.allSatisfy { !$0.contains("let-me-in") && !$0.contains("YWRt") })
    }

    @Test func aRefusedLoginIsNoFailureOfTheDeviceAndIsNotRepeated() async throws {
        let nginx = try Nginx(in: folder, Self.roomOS)
        let probe = probe(password: "wrong")
        let first = try await ask(probe, nginx.port, [:])
        #expect(
            first.outcome
                == .unknown(Reason("login-refused", step: "login", expected: "to be let in", got: "HTTP 401")))
        #expect(steps(first) == [1, 0, 0])
        let second = try await ask(probe, nginx.port, [:])
        guard case .unknown(let reason) = second.outcome else {
            Issue.record("\(second)")
            return
        }
        #expect(reason.code == "login-refused" && reason.got.contains("tried again after an hour"))
        #expect(second.trace.first?.hasPrefix("GET /: ") == true, "only a connection: \(second.trace)")
    }

    @Test func whatIsThereAndIsNoCodecIsDown() async throws {
        try folder.write("<html><body>xin chào</body></html>", to: "status.xml")
        let nginx = try Nginx(in: folder, Self.roomOS)
        let answer = try await ask(probe(), nginx.port, [:])
        #expect(
            answer.outcome
                == .down(
                    Reason("malformed", step: "body", expected: "a status document", got: "another document")))
        #expect(steps(answer) == [1, 0, 0])
        let empty = try Nginx(in: TemporaryFolder(), "")
        let missing = try await ask(probe(), empty.port, [:])
        #expect(missing.outcome == .down(Reason("status", step: "response", expected: "HTTP 200", got: "HTTP 404")))
    }

    @Test func aClosedPortIsDownAndAMissingSecretUnknown() async throws {
        let port = try Loopback.freePort()
        let closed = try await ask(probe(), port, [:])
        guard case .down(let reason) = closed.outcome else {
            Issue.record("\(closed)")
            return
        }
        #expect(reason.code == "connection-refused" && steps(closed) == [0, 0, 0])
        let unset = try await ask(probe(), port, ["secret": "others"])
        #expect(unset.outcome == .unknown(Reason("no-secret", step: "secret", got: "no secret others")))
    }

    @Test(arguments: [true, false]) func videoOSIsAskedWithinOneSession(isForgotten: Bool) async throws {
        var locations = """
            location = /rest/current/session {
                add_header Set-Cookie "session_id=PS1; Path=/; HttpOnly";
                add_header Set-Cookie "XSRF-TOKEN=T1; Path=/";
                default_type application/json;
                return 200 '{"success":true,"session":{"sessionId":"PS1"}}';
            }
            """
        let cookie = isForgotten ? "never" : "session_id=PS1; XSRF-TOKEN=T1"
        for (place, document) in try Fixture.videoOS().sorted(by: { $0.key < $1.key }).enumerated() {
            try folder.write(Self.text(document.value).description, to: "\(place).json")
            locations += """
                location = \(document.key) {
                    if ($http_cookie != "\(cookie)") { return 403; }
                    if ($http_x_xsrf_token != "T1") { return 403; }
                    default_type application/json;
                    try_files /\(place).json =404;
                }
                """
        }
        let nginx = try Nginx(in: folder, locations)
        let answer = try await ask(probe(), nginx.port, ["device": "videoos"])
        guard !isForgotten else {
            #expect(
                answer.outcome
                    == .unknown(
                        Reason(
                            "login-refused", step: "login", expected: "to be let in", got: "the session is not accepted"
                        )))
            return
        }
        #expect(answer.outcome == .up && steps(answer) == [1, 1, 1], "\(answer)")
        #expect(answer.facts.contains(Fact("hardware", "model", value: "G7500")))
        #expect(answer.trace.count { $0.hasPrefix("POST /rest/current/session") } == 1 && answer.trace.count == 8)
    }

    private static func text(_ value: JSONValue) -> JSONText {
        switch value {
        case .null: .number(.nan)
        case .bool(let truth): .truth(truth)
        case .number(let number): .number(number)
        case .string(let text): .text(text)
        case .array(let elements): .array(elements.map(text))
        case .object(let members): .object(members.map { ($0.key, text($0.value)) })
        }
    }
}
