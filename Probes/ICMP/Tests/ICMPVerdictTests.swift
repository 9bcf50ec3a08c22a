import Glibc
import ICMPProbe
import ICMPSettings
import ProbeKit
import ProbeSettings
import Sockets
import Testing
import Vocabulary

@Suite struct ICMPVerdictTests {
    private let address = SocketAddress(.ipv4(0xc000_0207))

    private func values(_ answer: Answer) -> [String: Double] {
        Dictionary(answer.readings.map { ($0.metric.text, $0.value) }) { first, _ in first }
    }

    @Test func oneReplyIsUp() {
        let answer = ICMPVerdict.answer(
            to: PingResult(sent: 1, roundTrips: [.milliseconds(3)]), from: address, count: 1)
        #expect(answer.outcome == .up)
        #expect(values(answer) == ["icmp_rtt_seconds": 0.003, "icmp_loss_ratio": 0])
    }

    @Test func aBurstWithoutLossIsUpAndHasMedianAndExtremes() {
        let result = PingResult(sent: 4, roundTrips: [9, 1, 3, 5].map { .seconds($0) })
        let answer = ICMPVerdict.answer(to: result, from: address, count: 4)
        #expect(answer.outcome == .up)
        #expect(
            values(answer) == [
                "icmp_rtt_seconds": 4, "icmp_rtt_min_seconds": 1, "icmp_rtt_max_seconds": 9,
                "icmp_loss_ratio": 0,
            ])
    }

    @Test func aBurstWithHolesIsDegraded() {
        let result = PingResult(sent: 4, roundTrips: [.milliseconds(1), nil, nil, .milliseconds(3)], late: 1)
        let answer = ICMPVerdict.answer(to: result, from: address, count: 4)
        #expect(answer.outcome == .degraded(Reason("packet-loss", expected: "4 replies", got: "2")))
        #expect(values(answer)["icmp_loss_ratio"] == 0.5)
        #expect(values(answer)["icmp_late"] == 1)
        #expect(values(answer)["icmp_duplicates"] == nil && values(answer)["icmp_foreign"] == nil)
    }

    @Test func silenceIsDownAndSaysWhatCame() {
        let silent = ICMPVerdict.answer(to: PingResult(sent: 1, roundTrips: [nil]), from: address, count: 1)
        #expect(silent.outcome == .down(Reason("no-reply", expected: "an echo reply", got: "nothing")))
        #expect(values(silent) == ["icmp_loss_ratio": 1])
        let strange = PingResult(sent: 1, roundTrips: [nil], late: 1, foreign: 2)
        let answer = ICMPVerdict.answer(to: strange, from: address, count: 1)
        #expect(answer.outcome.reason?.got == "1 late, 2 foreign")
    }

    @Test func anErrorIsDownWithItsKindAndItsSender() {
        let fault = ICMPFault(kind: .prohibited, type: 3, code: 13, reporter: SocketAddress(.ipv4(0xc000_02fe)))
        let answer = ICMPVerdict.answer(
            to: PingResult(sent: 1, roundTrips: [nil], errors: [fault]), from: address, count: 1)
        #expect(answer.outcome.state == .down)
        #expect(answer.outcome.reason?.code == "unreachable")
        #expect(answer.outcome.reason?.got == "prohibited (type 3 code 13) from 192.0.2.254")
    }

    @Test(arguments: [
        ("no route", "no-route"), ("no route, IPv6", "no-route"), ("unreachable route", "no-route"),
        ("blackhole route", "no-route"), ("prohibit route", "cannot-send"),
        ("link-local without interface, IPv6", "no-route"), ("broadcast address", "cannot-send"),
        ("longer than an IP packet", "cannot-send"),
    ])
    func whatTheKernelRefusedToSendIsUnknown(situation: String, code: String) throws {
        let names = [
            "ENETUNREACH": ENETUNREACH, "EHOSTUNREACH": EHOSTUNREACH, "EACCES": EACCES, "EINVAL": EINVAL,
            "EMSGSIZE": EMSGSIZE, "EADDRNOTAVAIL": EADDRNOTAVAIL,
        ]
        let recorded = try SendErrors.read().filter { $0.situation == situation }
        try #require(recorded.count == 2)
        for line in recorded {
            let error = SystemError("sendto", code: try #require(names[line.result]))
            let answer = ICMPVerdict.answer(to: PingResult(refusal: error), from: address, count: 1)
            #expect(answer.outcome == .unknown(Reason(code, got: error.description)))
            #expect(answer.readings.isEmpty)
        }
    }

    @Test func noRightIsUnknown() {
        let refusal = SystemError("socket", code: EPERM)
        let answer = ICMPVerdict.answer(to: PingResult(refusal: refusal), from: address, count: 1)
        #expect(answer.outcome == .unknown(Reason("cannot-send", got: "socket: Operation not permitted")))
    }

    @Test func aBurstLeavesWithinHalfTheTime() throws {
        let settings = try ICMPSettings(["count": "11", "spacing": "200ms"])
        #expect(ICMPVerdict.spacing(of: settings, within: .seconds(1)) == .milliseconds(50))
        #expect(ICMPVerdict.spacing(of: settings, within: .seconds(10)) == .milliseconds(200))
        #expect(ICMPVerdict.spacing(of: settings, within: .zero) == .milliseconds(200))
    }

    @Test func settingsHaveDefaultsAndLimits() throws {
        let plain = try ICMPSettings([:])
        #expect(plain.count == 1 && plain.size == 56 && plain.family == .any && plain.spacing == .milliseconds(200))
        #expect(try ICMPSettings(["family": "6"]).family == .ipv6)
        for wrong in [
            ["count": "0"], ["count": "51"], ["size": "15"], ["size": "8973"], ["spacing": "0s"], ["family": "5"],
            ["ttl": "3"],
        ] {
            #expect(throws: SettingsError.self) { try ICMPSettings(wrong) }
        }
        #expect(throws: SettingsError.self) { try ICMPSettings.validate(target: "http://web-1/") }
    }
}
