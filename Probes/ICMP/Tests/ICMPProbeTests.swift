import Glibc
import ICMPProbe
import ICMPSettings
import ProbeKit
import ProbeSettings
import Sockets
import Testing
import Vocabulary

/// Gives the same answer to every name.
struct FixedResolver: Resolver {
    var answer: Result<[SocketAddress], ResolveError>

    func resolve(
        _ host: String, family: AddressFamily?, until deadline: ContinuousClock.Instant
    ) async throws(ResolveError) -> [SocketAddress] {
        try answer.get().filter { family == nil || $0.family == family }
    }
}

@Suite struct ICMPProbeTests {
    private static let mayPing: Bool = {
        do throws(SystemError) {
            let engine = try ICMPEngine(program: "")
            return engine.availability.values.allSatisfy { !$0.isRefused }
        } catch {
            return false
        }
    }()
    private let loopbacks = FixedResolver(
        answer: .success([SocketAddress(.ipv6(1, scope: 0)), SocketAddress(.ipv4(0x7f00_0001))]))

    @Test(.enabled(if: mayPing, "neither raw nor ping sockets"), arguments: ["any", "4", "6"])
    func loopbackIsUp(family: String) async throws {
        let probe = ICMPProbe(engine: try ICMPEngine(program: ""), resolver: loopbacks)
        let settings = try ICMPSettings(["count": "3", "spacing": "1ms", "family": family])
        let answer = await probe.measure("both.example", settings: settings, until: .now + .seconds(20))
        #expect(answer.outcome == .up)
        #expect(
            answer.readings.map(\.metric.text) == [
                "icmp_rtt_seconds", "icmp_rtt_min_seconds", "icmp_rtt_max_seconds", "icmp_jitter_seconds",
                "icmp_loss_ratio",
            ])
        #expect(answer.trace.first == "sent 3 echo requests to \(family == "4" ? "127.0.0.1" : "::1")")
    }

    @Test func aNameWithoutAddressIsUnknown() async throws {
        let probe = ICMPProbe(
            engine: try ICMPEngine(program: "", trying: []),
            resolver: FixedResolver(answer: .failure(.notFound("none"))))
        let answer = await probe.measure("gone.example", settings: try ICMPSettings([:]), until: .now + .seconds(20))
        #expect(answer.outcome == .unknown(Reason("name-not-found", step: "resolve", got: "none")))
    }

    @Test func withoutAnyRightTheAnswerIsUnknown() async throws {
        let probe = ICMPProbe(engine: try ICMPEngine(program: "", trying: []), resolver: loopbacks)
        let answer = await probe.measure("both.example", settings: try ICMPSettings([:]), until: .now + .seconds(20))
        #expect(answer.outcome.state == .unknown)
        #expect(answer.outcome.reason?.code == "cannot-send")
    }

    @Test(.enabled(if: mayPing, "neither raw nor ping sockets"))
    func aDeadlineThatHasPassedIsUnknown() async throws {
        let probe = ICMPProbe(engine: try ICMPEngine(program: ""), resolver: loopbacks)
        let answer = await probe.measure("both.example", settings: try ICMPSettings([:]), until: .now - .seconds(1))
        #expect(
            answer.outcome == .unknown(Reason("cannot-send", got: "no packet left before the deadline")))
    }
}
