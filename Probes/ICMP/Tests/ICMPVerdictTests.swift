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

    private func asking(_ count: Int, _ more: [String: String] = [:]) throws -> ICMPSettings {
        try ICMPSettings(more.merging(["count": "\(count)"]) { own, _ in own })
    }

    private func values(_ answer: Answer) -> [String: Double] {
        Dictionary(answer.readings.map { ($0.metric.text, $0.value) }) { first, _ in first }
    }

    @Test func oneReplyIsUp() throws {
        let answer = try ICMPVerdict.answer(
            to: PingResult(sent: 1, roundTrips: [.milliseconds(3)]), from: address, asking: asking(1))
        #expect(answer.outcome == .up)
        #expect(values(answer) == ["icmp_rtt_seconds": 0.003, "icmp_loss_ratio": 0])
    }

    @Test func aBurstWithoutLossIsUpAndHasMedianAndExtremes() throws {
        let result = PingResult(sent: 4, roundTrips: [9, 1, 3, 5].map { .seconds($0) })
        let answer = try ICMPVerdict.answer(to: result, from: address, asking: asking(4))
        #expect(answer.outcome == .up)
        #expect(
            values(answer) == [
                "icmp_rtt_seconds": 4, "icmp_rtt_min_seconds": 1, "icmp_rtt_max_seconds": 9, "icmp_jitter_seconds": 4,
                "icmp_loss_ratio": 0,
            ])
    }

    @Test func aBurstWithHolesIsDegraded() throws {
        let result = PingResult(sent: 4, roundTrips: [.milliseconds(1), nil, nil, .milliseconds(3)], late: 1)
        let answer = try ICMPVerdict.answer(to: result, from: address, asking: asking(4))
        #expect(answer.outcome == .degraded(Reason("packet-loss", expected: "4 replies", got: "2")))
        #expect(values(answer)["icmp_loss_ratio"] == 0.5)
        #expect(values(answer)["icmp_late"] == 1)
        #expect(values(answer)["icmp_duplicates"] == nil && values(answer)["icmp_foreign"] == nil)
    }

    @Test func silenceIsDownAndSaysWhatCame() throws {
        let silent = try ICMPVerdict.answer(
            to: PingResult(sent: 1, roundTrips: [nil]), from: address, asking: asking(1))
        #expect(silent.outcome == .down(Reason("no-reply", expected: "an echo reply", got: "nothing")))
        #expect(values(silent) == ["icmp_loss_ratio": 1])
        let strange = PingResult(sent: 1, roundTrips: [nil], late: 1, foreign: 2)
        let answer = try ICMPVerdict.answer(to: strange, from: address, asking: asking(1))
        #expect(answer.outcome.reason?.got == "1 late, 2 foreign")
    }

    @Test func anErrorIsDownWithItsKindAndItsSender() throws {
        let fault = ICMPFault(kind: .prohibited, type: 3, code: 13, reporter: SocketAddress(.ipv4(0xc000_02fe)))
        let answer = try ICMPVerdict.answer(
            to: PingResult(sent: 1, roundTrips: [nil], errors: [fault]), from: address, asking: asking(1))
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
            let answer = try ICMPVerdict.answer(to: PingResult(refusal: error), from: address, asking: asking(1))
            #expect(answer.outcome == .unknown(Reason(code, got: error.description)))
            #expect(answer.readings.isEmpty)
        }
    }

    @Test func noRightIsUnknown() throws {
        let refusal = SystemError("socket", code: EPERM)
        let answer = try ICMPVerdict.answer(to: PingResult(refusal: refusal), from: address, asking: asking(1))
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
            ["count": "0"], ["count": "51"], ["size": "17"], ["dscp": "64"], ["dscp": "gold"], ["path-mtu": "100"],
            ["do-not-fragment": "maybe"], ["size": "8973"], ["spacing": "0s"], ["family": "5"],
            ["ttl": "3"],
        ] {
            #expect(throws: SettingsError.self) { try ICMPSettings(wrong) }
        }
        #expect(throws: SettingsError.self) { try ICMPSettings.validate(target: "http://web-1/") }
    }

    @Test func aBurstHasTheSmokeAroundItsMedian() throws {
        let times = [5, 1, 4, 2, 3].map { Duration.milliseconds($0) }
        let answer = try ICMPVerdict.answer(
            to: PingResult(sent: 5, roundTrips: times), from: address, asking: asking(5))
        let values = values(answer)
        for (label, expected) in [("0.1", 0.0014), ("0.25", 0.002), ("0.75", 0.004), ("0.9", 0.0046)] {
            let value = try #require(values["icmp_rtt_seconds{quantile=\"\(label)\"}"])
            #expect(abs(value - expected) < 1e-9)
        }
        // 5→1→4→2→3: steps of 4, 3, 2 and 1.
        #expect(abs((values["icmp_jitter_seconds"] ?? 0) - 0.0025) < 1e-9)
        #expect(values["icmp_rtt_seconds"] == 0.003)
    }

    @Test func oneReplyOfABurstHasNoJitterAndSmokeWithoutWidth() throws {
        let answer = try ICMPVerdict.answer(
            to: PingResult(sent: 5, roundTrips: [nil, nil, .milliseconds(7), nil, nil]), from: address,
            asking: asking(5))
        #expect(values(answer)["icmp_jitter_seconds"] == nil)
        #expect(values(answer)["icmp_rtt_seconds{quantile=\"0.1\"}"] == 0.007)
        #expect(values(answer)["icmp_rtt_seconds{quantile=\"0.9\"}"] == 0.007)
    }

    @Test func disorderAndRemarkingAreRead() throws {
        let result = PingResult(
            sent: 2, roundTrips: [.milliseconds(2), .milliseconds(1)], reordered: 1, codePoints: [46, 0])
        let answer = try ICMPVerdict.answer(to: result, from: address, asking: asking(2, ["dscp": "ef"]))
        #expect(answer.outcome == .up)
        #expect(values(answer)["icmp_reordered"] == 1 && values(answer)["icmp_reply_dscp"] == 0)
        #expect(answer.trace.contains("marked DSCP 46; replies bore 0, 46"))
    }

    @Test func aSizeThatDoesNotPassIsNoDeadHost() throws {
        let fault = ICMPFault(
            kind: .packetTooBig, type: 3, code: 4, reporter: SocketAddress(.ipv4(0xc000_02fe)), largest: 1400)
        let result = PingResult(sent: 1, roundTrips: [nil], errors: [fault])
        let answer = try ICMPVerdict.answer(
            to: result, from: address, asking: asking(1, ["size": "1472", "do-not-fragment": "true"]))
        #expect(
            answer.outcome
                == .degraded(
                    Reason(
                        "path-mtu", expected: "packets of 1500 bytes to pass whole",
                        got: "1400 bytes at most, says 192.0.2.254")))
    }

    @Test func thePathMTUIsReadAndJudged() {
        func judged(_ mtu: PathMTU?, isFinished: Bool = true) -> Answer {
            var answer = Answer(.up)
            PathMTUVerdict.add(mtu, wanted: 1500, isFinished: isFinished, to: &answer)
            return answer
        }
        let whole = judged(PathMTU(bytes: 1500, limit: .none))
        #expect(whole.outcome == .up && whole.readings == [Reading(Metric("icmp_path_mtu_bytes"), 1500)])
        let narrow = judged(PathMTU(bytes: 1400, limit: .silence))
        #expect(
            narrow.outcome
                == .degraded(
                    Reason(
                        "path-mtu", expected: "packets of 1500 bytes to pass whole",
                        got: "1400 bytes at most, larger ones vanish")))
        #expect(judged(nil).outcome == .up && judged(nil).readings.isEmpty)
        let late = judged(PathMTU(bytes: 576, limit: .silence), isFinished: false)
        #expect(late.outcome == .up && late.readings.isEmpty && late.trace.count == 1)
    }

    @Test func howPacketsAreMarkedIsReadByNameAndByNumber() throws {
        for (text, point) in [("ef", 46), ("AF41", 34), ("cs3", 24), ("0", 0), ("63", 63)] as [(String, UInt8)] {
            #expect(try ICMPSettings(["dscp": text]).codePoint == point)
        }
        #expect(try ICMPSettings(["path-mtu": "1500"]).pathMTU == 1500)
        #expect(try ICMPSettings([:]).pathMTU == nil)
    }
}
