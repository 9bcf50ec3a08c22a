import Dispatch
import Glibc
import H323Probe
import H323Settings
import ProbeKit
import ProbeSettings
import Sockets
import TestSupport
import Testing
import Vocabulary

/// The whole probe against stand-ins on loopback that give the answers of real stacks: no gatekeeper and no H.323
/// endpoint is to be had here.
@Suite struct H323ProbeTests {
    private let probe: H323Probe

    init() throws {
        let poller = try Poller()
        // So long that SETUP, which comes after half of it, never comes for want of a processor.
        probe = H323Probe(
            poller: poller, resolver: SystemResolver(poller: poller), patience: .seconds(120))
    }

    private func ask(
        _ port: UInt16, _ values: [String: String] = [:], within time: Duration = .seconds(120),
        by other: H323Probe? = nil
    ) async throws -> Answer {
        await (other ?? probe).measure("127.0.0.1:\(port)", settings: try H323Settings(values), until: .now + time)
    }

    /// What a device was asked, by message type: 0x05 is SETUP, and would ring.
    private func types(_ device: ScriptedServer) -> [UInt8] {
        device.requests.flatMap { bytes in
            var stream = TPKTStream()
            stream.take(bytes)
            var types: [UInt8] = []
            while case .message(let message) = stream.next() { types.append(Q931Message(message)?.type ?? 0xff) }
            return types
        }
    }

    @Test(
        arguments: [
            (Recorded.gnugkRelease, "2"), (Recorded.ciscoStatus, nil), (Recorded.polycomStatus, "5"),
        ] as [([UInt8], String?)])
    func anyAnswerToStatusEnquiryIsUpAndNothingRings(answer: [UInt8], version: String?) async throws {
        let device = try ScriptedServer(SOCK_STREAM) { _, _ in [Array(answer.prefix(7)), Array(answer.dropFirst(7))] }
        defer { device.stop() }
        let result = try await ask(device.port, ["setup": "true"])
        #expect(result.outcome == .up && types(device) == [0x75])
        #expect(result.facts.first { $0.path == "h323/protocol" }?.value == version)
        #expect(
            result.readings.map(\.metric.text) == [#"h323_phase_seconds{phase="connect"}"#, "h323_round_trip_seconds"])
    }

    @Test func silenceIsDegradedUnlessThatIsItsWay() async throws {
        let device = try ScriptedServer(SOCK_STREAM) { _, _ in [] }
        defer { device.stop() }
        let silent = try await ask(device.port, within: .milliseconds(200))
        #expect(silent.outcome.state == .degraded && silent.outcome.reason?.code == "no-answer")
        #expect(try await ask(device.port, ["silence": "up"], within: .milliseconds(200)).outcome == .up)
        #expect(types(device) == [0x75, 0x75])
    }

    @Test func setupComesOnlyWhereItIsAllowedAndIsReleasedAtOnce() async throws {
        let device = try ScriptedServer(SOCK_STREAM) { request, _ in
            request.count > 8 && request[8] == 0x05 ? [Recorded.ooh323cProceeding] : []
        }
        let poller = try Poller()
        let hasty = H323Probe(
            poller: poller, resolver: SystemResolver(poller: poller), patience: .seconds(120), enquiryShare: 0.002)
        let answer = try await ask(device.port, ["setup": "true"], by: hasty)
        #expect(answer.outcome == .up)
        #expect(
            answer.facts == [
                Fact("h323", "kind", value: "terminal"), Fact("h323", "manufacturer", value: "181/0/54"),
                Fact("h323", "product", value: "objsys"), Fact("h323", "version", value: "v0.9.4"),
                Fact("h323", "protocol", value: "4"),
            ])
        // The release is sent before the answer is given; it only has to be read.
        while !types(device).contains(0x5a) { await Task.yield() }
        #expect(types(device) == [0x75, 0x05, 0x5a])
        device.stop()
    }

    @Test func whatIsNotWellIsSaid() async throws {
        let lost = hex("0300001a 08020000 5a 7e000e 05 2540060008914a0002 30 00 00 00")
        let device = try ScriptedServer(SOCK_STREAM) { _, _ in [lost] }
        defer { device.stop() }
        let answer = try await ask(device.port)
        #expect(answer.outcome.state == .degraded && answer.outcome.reason?.code == "gatekeeper-unreachable")
        let mail = try LineServer(greeting: "220 mail.example ESMTP\r\n") { _ in nil }
        let other = try await ask(mail.port)
        #expect(other.outcome.state == .down && other.outcome.reason?.code == "not-h323")
        #expect(other.outcome.reason?.got.hasPrefix("\"220 mail") == true)
        let closing = try ScriptedServer(SOCK_STREAM) { _, _ in [[]] }
        defer { closing.stop() }
        let ended = try await ask(closing.port)
        #expect(ended.outcome.state == .degraded && ended.outcome.reason?.code == "connection-lost")
        let closed = try await ask(try Loopback.freePort())
        #expect(closed.outcome.state == .down && closed.outcome.reason?.code == "connection-refused")
    }

    @Test func aDeviceIsAskedOneQuestionAtATime() async throws {
        let mayAnswer = DispatchSemaphore(value: 0)
        let device = try ScriptedServer(SOCK_STREAM) { _, _ in
            mayAnswer.wait()
            return [Recorded.ciscoStatus]
        }
        defer { device.stop() }
        async let first = ask(device.port)
        while device.requests.isEmpty { await Task.yield() }
        let second = try await ask(device.port, within: .milliseconds(100))
        #expect(second.outcome.state == .unknown && second.outcome.reason?.code == "busy")
        #expect(device.requests.count == 1)
        mayAnswer.signal()
        mayAnswer.signal()
        #expect(try await first.outcome == .up)
        #expect(try await ask(device.port).outcome == .up)
    }

    /// A stand-in for a gatekeeper that has the even numbers registered.
    private func gatekeeper() throws -> ScriptedServer {
        try ScriptedServer(SOCK_DGRAM) { request, _ in
            let number = Array(request[2..<4])
            guard request.first == 0x48 else {
                return [[0x04, 0x80] + number + Recorded.gnugkConfirm.dropFirst(4)]
            }
            // The last digit of a number of four.
            return (request[8] & 0x0f) % 2 == 1
                ? [[0x4c] + number + hex("000a141f0a06b8000a141f0a06b7")] : [[0x50] + number + [0x40]]
        }
    }

    @Test func aGatekeeperIsAsked() async throws {
        let server = try gatekeeper()
        defer { server.stop() }
        let there = try await ask(server.port, ["method": "gatekeeper"])
        #expect(there.outcome == .up && there.facts.first == Fact("h323", "gatekeeper", value: "TestGK"))
        let known = try await ask(server.port, ["method": "registration", "alias": "1002"])
        #expect(known.outcome == .up && known.trace.contains("received LCF: 10.20.31.10:1720"))
        let unknown = try await ask(server.port, ["method": "registration", "alias": "1001"])
        #expect(
            unknown.outcome
                == .down(
                    Reason(
                        "not-registered", step: "response", expected: "1001 registered",
                        got: "location reject: requestDenied")))
    }

    /// How long it takes is measured by Tests/Benchmarks/sip.
    @Test func aRollCallOf120AliasesIsAnsweredForEach() async throws {
        let server = try gatekeeper()
        defer { server.stop() }
        let registered = await withTaskGroup(of: Bool.self) { group in
            for number in 1000..<1120 {
                group.addTask {
                    let values = ["method": "registration", "alias": "\(number)"]
                    guard let answer = try? await ask(server.port, values) else { return false }
                    return (answer.outcome == .up) == (number % 2 == 0)
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(registered == 120)
    }

    @Test func silenceAndClosedPortsOfGatekeepersAreToldApart() async throws {
        let silent = try ScriptedServer(SOCK_DGRAM) { _, _ in [] }
        defer { silent.stop() }
        let nothing = try await ask(silent.port, ["method": "gatekeeper"], within: .milliseconds(100))
        #expect(nothing.outcome.state == .down && nothing.outcome.reason?.code == "timeout")
        let closing = try ScriptedServer(SOCK_DGRAM) { _, _ in [] }
        closing.stop()
        let working = try ScriptedServer(SOCK_DGRAM) { request, _ in
            [hex("8005 00") + request[2..<4] + hex("01f3")]
        }
        defer { working.stop() }
        let waiting = try await ask(working.port, ["method": "gatekeeper"], within: .seconds(2))
        #expect(waiting.outcome.reason?.code == "no-final-answer")
        let bound = try Descriptor(socket: AF_INET, type: SOCK_DGRAM)
        let wanted = try #require(SocketAddress("127.0.0.1"))
        #expect(wanted.withSystemAddress { bind(bound.number, $0, $1) } == 0)
        let port = try bound.localAddress().port
        _ = consume bound
        let closed = try await ask(port, ["method": "gatekeeper"])
        #expect(closed.outcome.state == .down && closed.outcome.reason?.code == "connection-refused")
    }

    @Test func settingsAndTargetsAreChecked() throws {
        #expect(try H323Settings([:]).defaultPort == 1720)
        #expect(try H323Settings(["method": "gatekeeper"]).defaultPort == 1719)
        for wrong in [
            ["method": "call"], ["method": "registration"], ["method": "gatekeeper", "setup": "true"],
            ["method": "gatekeeper", "family": "6"], ["silence": "down"], ["alias": ""], ["slow": "x"], ["x": "y"],
        ] {
            #expect(throws: SettingsError.self) { try H323Settings(wrong) }
        }
        try H323Settings.validate(target: "codec-1")
        #expect(throws: SettingsError.self) { try H323Settings.validate(target: "a b") }
    }
}
