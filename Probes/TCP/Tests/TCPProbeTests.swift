import Glibc
import ProbeKit
import ProbeSettings
import ProbeSockets
import Sockets
import TCPProbe
import TCPSettings
import TestSupport
import Testing
import Vocabulary

@Suite struct TCPProbeTests {
    private func probe() throws -> TCPProbe {
        let poller = try Poller()
        return TCPProbe(poller: poller, resolver: SystemResolver(poller: poller))
    }

    private var soon: ContinuousClock.Instant { .now + .seconds(20) }

    @Test(arguments: Listener.loopbacks) func aListenerIsUp(host: String) async throws {
        let listener = try Listener(host)
        let answer = try await probe().measure(listener.target, settings: TCPSettings([:]), until: soon)
        #expect(answer.outcome == .up)
        #expect(
            answer.readings.map(\.metric.text) == [
                #"tcp_phase_seconds{phase="resolve"}"#, #"tcp_phase_seconds{phase="connect"}"#,
            ])
    }

    @Test func aNameIsResolvedFirst() async throws {
        let listener = try Listener("127.0.0.1")
        let settings = try TCPSettings(["family": "4"])
        let answer = try await probe().measure("localhost:\(listener.port)", settings: settings, until: soon)
        #expect(answer.outcome == .up)
    }

    @Test(arguments: Listener.loopbacks) func aClosedPortIsRefused(host: String) async throws {
        // Bound, so that nobody else gets the port; not listening, so that nobody answers.
        let bound = try Listener(host, listens: false)
        let answer = try await probe().measure(bound.target, settings: TCPSettings([:]), until: soon)
        #expect(
            answer.outcome
                == .down(
                    Reason(
                        "connection-refused", step: "connect", expected: "a connection", got: "Connection refused")))
        #expect(answer.readings.map(\.metric.text) == [#"tcp_phase_seconds{phase="resolve"}"#])
    }

    @Test func aFullQueueIsATimeout() async throws {
        let listener = try Listener("127.0.0.1", backlog: 0)
        // The queue of length 0 takes one; further SYNs are dropped.
        let filling = try (0..<3).map { _ in try listener.beginConnection() }
        let answer = try await probe().measure(
            listener.target, settings: TCPSettings([:]), until: .now + .milliseconds(300))
        #expect(answer.outcome == SocketVerdict.connectTimeout)
        #expect(filling.count == 3)
    }

    @Test func theServerSeesAnOrdinaryEndThoughItTalkedFirst() async throws {
        let listener = try Listener("127.0.0.1")
        let poller = try Poller()
        let probe = TCPProbe(poller: poller, resolver: SystemResolver(poller: poller))
        let answer = try await probe.measure(listener.target, settings: TCPSettings([:]), until: soon)
        #expect(answer.outcome == .up)
        let served = try await listener.accept(poller)
        // The goodbye has come before the greeting goes out: unread bytes at the prober must not turn into a reset.
        let greeting = "220 mail.example ESMTP\r\n"
        #expect(send(served.number, greeting, greeting.utf8.count, Int32(MSG_NOSIGNAL)) == greeting.utf8.count)
        #expect(await poller.wait(for: .readable, of: served, until: soon) == .ready)
        var byte: UInt8 = 0
        #expect(read(served.number, &byte, 1) == 0)
        #expect(shutdown(served.number, Int32(SHUT_WR)) == 0)
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        #expect(getsockopt(served.number, SOL_SOCKET, SO_ERROR, &code, &length) == 0)
        #expect(code == 0)
    }

    private func talk(_ settings: [String: String], _ answer: @escaping @Sendable (String) -> String?) async throws
        -> (answer: Answer, lines: [String])
    {
        let server = try LineServer(greeting: "220 mail.example ESMTP\r\n", answer: answer)
        let found = try await probe().measure(
            "127.0.0.1:\(server.port)", settings: TCPSettings(settings), until: .now + .seconds(20))
        return (found, server.lines)
    }

    @Test func bannerWordsAndAnswerAreWanted() async throws {
        let settings = ["banner": "/^220 /", "send": "NOOP x\\ty\\r\\n", "expect": "250 2.0.0"]
        let (answer, lines) = try await talk(settings) { $0.hasPrefix("NOOP") ? "250 2.0.0 well\r\n" : nil }
        #expect(answer.outcome == .up && lines == ["NOOP x\ty"])
        let phases = answer.readings.map(\.metric.text)
        #expect(phases.suffix(2) == [#"tcp_phase_seconds{phase="banner"}"#, #"tcp_phase_seconds{phase="response"}"#])
        #expect(answer.facts == [Fact("tcp", "banner", value: "220 mail.example ESMTP")])
        #expect(answer.trace.contains(#"response: "250 2.0.0 well\r\n""#))
    }

    @Test func anotherBannerOrAnswerIsWrong() async throws {
        let listener = try Listener("127.0.0.1")
        let settings = try TCPSettings(["banner": "SSH-2.0"])
        async let asked = probe().measure(listener.target, settings: settings, until: soon)
        let greeting = "220 mail.example ESMTP\r\n"
        try await greet(listener, greeting)
        let banner = try await asked
        #expect(banner.outcome.state == .down && banner.outcome.reason?.step == "banner")
        #expect(banner.facts == [Fact("tcp", "banner", value: "220 mail.example ESMTP")])
        let server = try ScriptedServer(SOCK_STREAM) { _, _ in [Array("500 no\r\n".utf8), []] }
        let answer = try await probe().measure(
            "127.0.0.1:\(server.port)", settings: TCPSettings(["send": "QUIT\\r\\n", "expect": "250"]), until: soon)
        #expect(
            answer.outcome
                == .down(
                    Reason(
                        "wrong-answer", step: "response", expected: "an answer with \"250\"", got: #""500 no\r\n""#)))
    }

    /// Says it to the first who connects, and hangs up.
    private func greet(_ listener: Listener, _ greeting: String) async throws {
        let served = try await listener.accept(Poller())
        #expect(send(served.number, greeting, greeting.utf8.count, Int32(MSG_NOSIGNAL)) == greeting.utf8.count)
    }

    @Test func silenceAndAnEndAreToldApart() async throws {
        let silent = try Listener("127.0.0.1")
        let late = try await probe().measure(
            silent.target, settings: TCPSettings(["banner": "x"]), until: .now + .milliseconds(300))
        #expect(late.outcome.reason?.code == "timeout" && late.outcome.reason?.step == "banner")
        let (ended, _) = try await talk(["banner": "220", "send": "QUIT\\r\\n", "expect": "221"]) { _ in nil }
        #expect(ended.outcome.reason?.code == "connection-lost" && ended.outcome.reason?.step == "response")
    }

    @Test func nothingIsReadForEver() async throws {
        let (answer, _) = try await talk(["send": "go\\n", "expect": "never"]) { _ in
            String(repeating: "x", count: 1 << 20)
        }
        #expect(answer.outcome.reason?.code == "wrong-answer")
        #expect(answer.outcome.reason?.got.hasSuffix("…") == true)
    }

    @Test func aNameThatIsNotThereIsUnknown() async throws {
        let poller = try Poller()
        let resolver = SystemResolver(poller: poller) { _, _ in .failure(.notFound("Name or service not known")) }
        let answer = await TCPProbe(poller: poller, resolver: resolver)
            .measure("gone.example:80", settings: try TCPSettings([:]), until: soon)
        #expect(
            answer.outcome == .unknown(Reason("name-not-found", step: "resolve", got: "Name or service not known")))
        #expect(answer.readings.isEmpty)
    }

    @Test func aThousandConnectionsAtATimeAllAnswer() async throws {
        let listener = try Listener("127.0.0.1", backlog: 4096)
        let probe = try probe()
        let deadline = soon
        let up = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1000 {
                group.addTask {
                    do {
                        let settings = try TCPSettings([:])
                        return await probe.measure(listener.target, settings: settings, until: deadline).outcome == .up
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(up == 1000)
    }
}
