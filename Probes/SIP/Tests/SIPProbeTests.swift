import Curl
import Glibc
import ProbeKit
import ProbeSettings
import SIPProbe
import SIPSettings
import Sockets
import TestSupport
import Testing
import Vocabulary

/// The whole probe against stand-ins on loopback: what decides about a reason is the transport here.
@Suite struct SIPProbeTests {
    private let probe: SIPProbe

    init() throws {
        let poller = try Poller()
        probe = try Self.probe(poller, SystemResolver(poller: poller))
    }

    /// The last part of a secret's path is the password.
    private static func probe(_ poller: Poller, _ resolver: any Resolver) throws -> SIPProbe {
        SIPProbe(
            poller: poller, resolver: resolver, curl: CurlEngine(),
            secrets: { path in
                path == "/gone" ? .failure(.init("/gone: no such file")) : .success([String(path.dropFirst())])
            },
            patience: .seconds(120), now: { Instant(seconds: 1_800_000_000) })
    }

    private func ask(
        _ port: UInt16, _ values: [String: String] = [:], within time: Duration = .seconds(120)
    ) async throws -> Answer {
        await probe.measure("127.0.0.1:\(port)", settings: try SIPSettings(values), until: .now + time)
    }

    private func value(_ name: String, of answer: Answer) -> Double? {
        answer.readings.first { $0.metric.name == name }?.value
    }

    @Test func anAnswerByUDPIsUpWithReadingsAndFacts() async throws {
        let device = try StandIn { request, _ in
            [StandIn.answer(request, "200 OK", "User-Agent: TANDBERG/518 (TC7.3.6)\nAllow: OPTIONS, INVITE,ACK")]
        }
        defer { device.stop() }
        let answer = try await ask(device.port, ["user": "room1"])
        #expect(answer.outcome == .up)
        #expect(value("sip_status", of: answer) == 200 && value("sip_retransmissions", of: answer) == 0)
        #expect((value("sip_round_trip_seconds", of: answer) ?? 0) > 0)
        #expect(
            answer.facts == [
                Fact("sip", "agent", value: "TANDBERG/518 (TC7.3.6)"), Fact("sip", "vendor", value: "Cisco"),
                Fact("sip", "product", value: "TANDBERG/518"), Fact("sip", "version", value: "TC7.3.6"),
                Fact("sip", "allow", value: "ACK, INVITE, OPTIONS"),
            ])
        let request = try #require(device.requests.first)
        #expect(request.hasPrefix("OPTIONS sip:room1@127.0.0.1:\(device.port) SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:"))
    }

    @Test func anUnansweredRequestIsSentAgainAsItWas() async throws {
        let device = try StandIn { request, number in number < 2 ? [] : [StandIn.answer(request, "200 OK")] }
        defer { device.stop() }
        let answer = try await ask(device.port)
        #expect(answer.outcome == .up && value("sip_retransmissions", of: answer) == 1)
        #expect(device.requests.count == 2 && device.requests[0] == device.requests[1])
    }

    @Test func silenceByUDPIsATimeout() async throws {
        let device = try StandIn { _, _ in [] }
        defer { device.stop() }
        let answer = try await ask(device.port, within: .milliseconds(300))
        #expect(
            answer.outcome
                == .down(
                    Reason(
                        "timeout", step: "response", expected: "a SIP response", got: "nothing, asked 1 times")))
    }

    @Test func workWithoutAnEndIsNoAnswer() async throws {
        let device = try StandIn { request, _ in [StandIn.answer(request, "100 Trying")] }
        defer { device.stop() }
        #expect(try await ask(device.port, within: .seconds(2)).outcome.reason?.code == "no-final-answer")
        let connected = try StandIn(SOCK_STREAM) { request, _ in
            request.hasPrefix("OPTIONS") ? [StandIn.answer(request, "100 Trying")] : []
        }
        defer { connected.stop() }
        let answer = try await ask(connected.port, ["transport": "tcp"], within: .seconds(2))
        #expect(answer.outcome.reason?.code == "no-final-answer")
    }

    @Test(arguments: ["udp", "tcp", "tls"]) func aClosedPortIsRefused(transport: String) async throws {
        let device = try StandIn { _, _ in [] }
        device.stop()
        let port = try transport == "udp" ? Self.closedPort() : Loopback.freePort()
        let answer = try await ask(port, ["transport": transport])
        #expect(answer.outcome.state == .down && answer.outcome.reason?.code == "connection-refused")
        #expect(answer.outcome.reason?.step == (transport == "udp" ? "send" : "connect"))
    }

    private static func closedPort() throws -> UInt16 {
        let socket = try Descriptor(socket: AF_INET, type: SOCK_DGRAM)
        let wanted = try #require(SocketAddress("127.0.0.1"))
        _ = wanted.withSystemAddress { bind(socket.number, $0, $1) }
        return try socket.localAddress().port
    }

    @Test func anAnswerByTCPIsUpHoweverItComes() async throws {
        let device = try StandIn(SOCK_STREAM) { request, _ in
            let whole = StandIn.answer(request, "200 OK", "Server: x 1", body: "v=0\r\n")
            let half = whole.index(whole.startIndex, offsetBy: 30)
            return [
                "\r\n", StandIn.answer(request, "100 Trying"),
                StandIn.answer(request, "200 old").replacing("z9hG4bK", with: "z9hG4bKx"),
                String(whole[..<half]), String(whole[half...]),
            ]
        }
        defer { device.stop() }
        let answer = try await ask(device.port, ["transport": "tcp"])
        #expect(answer.outcome == .up)
        #expect(answer.readings.contains { $0.metric.text == "sip_phase_seconds{phase=\"connect\"}" })
        #expect(device.requests.first?.contains(";transport=tcp>") == true)
    }

    @Test func whatIsAcceptedAndThenSilentIsToldFromWhatIsAlive() async throws {
        let hung = try Loopback()
        let silent = try await ask(hung.port, ["transport": "tcp"], within: .milliseconds(300))
        #expect(silent.outcome.reason?.code == "no-answer" && silent.outcome.reason?.got.contains("nothing") == true)
        let alive = try StandIn(SOCK_STREAM) { request, _ in request == "\r\n\r\n" ? ["\r\n"] : [] }
        defer { alive.stop() }
        let deaf = try await ask(alive.port, ["transport": "tcp"], within: .seconds(2))
        #expect(deaf.outcome.reason?.code == "no-answer" && deaf.outcome.reason?.got.contains("keep-alive") == true)
    }

    @Test func otherServicesAreNoSIP() async throws {
        let mail = try LineServer(greeting: "220 mail.example ESMTP\r\n") { _ in "500 what?\r\n" }
        let answer = try await ask(mail.port, ["transport": "tcp"])
        #expect(answer.outcome.reason?.code == "not-sip" && answer.outcome.reason?.got.contains("220 mail") == true)
        let closing = try LineServer(greeting: "") { _ in nil }
        #expect(try await ask(closing.port, ["transport": "tcp"]).outcome.reason?.code == "connection-lost")
        let plain = try LineServer(greeting: "SIP/2.0 400 no TLS\r\n\r\n") { _ in nil }
        #expect(try await ask(plain.port, ["transport": "tls"]).outcome.reason?.code == "tls-failed")
    }

    @Test func aLoginIsSentOnceAnHourWhenItIsRefused() async throws {
        let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""
        let registrar = try StandIn { request, _ in [StandIn.answer(request, "401 Unauthorized", challenge)] }
        defer { registrar.stop() }
        let values = ["method": "register", "user": "room1", "login": "room1", "secret": "/wrong"]
        for _ in 0..<3 {
            let answer = try await ask(registrar.port, values)
            #expect(answer.outcome.state == .degraded && answer.outcome.reason?.code == "login-refused")
        }
        #expect(registrar.requests.count { $0.contains("Authorization:") } == 1)
        // Another password is another login.
        _ = try await ask(registrar.port, values.merging(["secret": "/other"]) { $1 })
        #expect(registrar.requests.count { $0.contains("Authorization:") } == 2)
        let asked = registrar.requests.count
        for (path, words) in [("/gone", "no such file"), ("/", "no password")] {
            let answer = try await ask(registrar.port, values.merging(["secret": path]) { $1 })
            #expect(answer.outcome.state == .unknown && answer.outcome.reason?.code == "no-secret")
            #expect(answer.outcome.reason?.got.contains(words) == true)
        }
        #expect(registrar.requests.count == asked)
    }

    @Test func whoWantsToBeLeftAloneIs() async throws {
        let server = try StandIn { request, _ in [StandIn.answer(request, "503 Service Unavailable", "Retry-After: 30")]
        }
        defer { server.stop() }
        for _ in 0..<3 {
            let answer = try await ask(server.port)
            #expect(answer.outcome.state == .degraded && answer.outcome.reason?.code == "overloaded")
        }
        #expect(server.requests.count == 1)
    }

    @Test func aThousandAtATimeAreKeptApart() async throws {
        let device = try StandIn { request, _ in
            let user = request.dropFirst("OPTIONS sip:".count).prefix { $0 != "@" }
            return [StandIn.answer(request, "200 OK", "Server: x/\(user)")]
        }
        defer { device.stop() }
        let right = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    guard let answer = try? await ask(device.port, ["user": "\(number)"]) else { return false }
                    return answer.facts.contains(Fact("sip", "version", value: "\(number)"))
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 1000)
    }

    @Test func aNameThatIsNotThereIsUnknown() async throws {
        let poller = try Poller()
        let resolver = SystemResolver(poller: poller) { _, _ in .failure(.notFound("no such name")) }
        let probe = try Self.probe(poller, resolver)
        let answer = await probe.measure("gone.example", settings: try SIPSettings([:]), until: .now + .seconds(9))
        #expect(answer.outcome.state == .unknown && answer.outcome.reason?.code == "name-not-found")
    }
}
