import Foundation
import Glibc
import NTPProbe
import NTPSettings
import ProbeKit
import ProbeSettings
import Sockets
import Testing
import Vocabulary

/// What a time server says, and what is made of it.
@Suite struct NTPTests {
    /// Of chrony 4.3, `local stratum 3`, asked with the transmit timestamp 0102030405060708.
    private func recorded() throws -> [UInt8] {
        let folder = try #require(Bundle.module.resourceURL?.appending(path: "Fixtures"))
        return Array(try Data(contentsOf: folder.appending(path: "chrony-4.3.datagram")))
    }

    private func settings(_ values: [String: String] = [:]) throws -> NTPSettings { try NTPSettings(values) }

    @Test func aRecordedAnswerIsRead() throws {
        let packet = try NTPPacket(recorded())
        #expect(packet.version == 4 && packet.leap == 0 && packet.stratum == 3 && packet.referenceText == "127.127.1.1")
        #expect(packet.originate == 0x0102_0304_0506_0708 && packet.rootDelay == 0 && packet.rootDispersion == 0)
        #expect(NTPProbe.reader(try recorded())?.key == 0x0102_0304_0506_0708)
        let moment = Instant(seconds: 1_795_774_957)
        let offset = NTPPacket.seconds(from: moment, to: packet.receive)
        #expect(abs(offset - 0.043_841) < 0.000_001, "\(offset)")
        #expect(NTPVerdict.outcome(of: packet, offset: 0.04, try settings()) == .up)
    }

    @Test func aRequestIsChanceAndNothingOfOurClock() throws {
        let request = NTPPacket.request(nonce: 0xfeed_face_dead_beef)
        #expect(request.count == 48 && request[0] == 0x23 && request[1..<40].allSatisfy { $0 == 0 })
        #expect(request[40...] == [0xfe, 0xed, 0xfa, 0xce, 0xde, 0xad, 0xbe, 0xef])
    }

    @Test(arguments: [
        (-2_208_988_800, UInt64(0), 0), (0, UInt64(2_208_988_800) << 32, 0), (0, UInt64(2_208_988_801) << 32, 1),
        // 2036-02-07T06:28:16Z, when timestamps come round.
        (2_085_978_496, UInt64(0), 0), (2_085_978_495, UInt64(0), 1), (2_085_978_500, UInt64(1) << 32, -3),
    ])
    func theNearerOfTwoTimesIsMeant(seconds: Int64, timestamp: UInt64, expected: Double) {
        #expect(NTPPacket.seconds(from: Instant(seconds: seconds), to: timestamp) == expected)
        let later = Instant(seconds: seconds) + .milliseconds(500)
        #expect(NTPPacket.seconds(from: later, to: timestamp) == expected - 0.5)
    }

    @Test func eachFaultHasItsOwnReason() throws {
        var packet = try NTPPacket(recorded())
        func code(_ offset: Double? = 0, _ values: [String: String] = [:]) throws -> String {
            guard case .degraded(let reason) = NTPVerdict.outcome(of: packet, offset: offset, try settings(values))
            else {
                return "up"
            }
            return "\(reason.code): \(reason.got)"
        }
        #expect(try code(-1.2345) == "clock-offset: -1234.5 ms" && (try code(nil)) == "up")
        #expect(try code(-1.2345, ["offset": "2s"]) == "up")
        #expect(try code(0, ["stratum": "2"]) == "stratum: stratum 3")
        packet.rootDispersion = 1.5
        #expect(try code() == "clock-distance: 1500 ms")
        packet.leap = 3
        #expect(try code() == "clock-unsynchronised: not synchronised")
        packet.stratum = 0
        packet.reference = 0x5241_5445
        #expect(try code() == "refused: kiss code RATE")
        #expect(NTPVerdict.readings(packet, offset: 0, roundTrip: nil).map(\.metric.text) == ["ntp_stratum"])
    }

    @Test func whatIsNoAnswerIsNone() throws {
        var bytes = try recorded()
        #expect(throws: NTPPacket.Unusable.short(47)) { try NTPPacket(Array(bytes.prefix(47))) }
        #expect(NTPProbe.reader(Array(bytes.prefix(47))) == nil)
        bytes[0] = 0x23
        #expect(throws: NTPPacket.Unusable.other(version: 4, mode: 3)) { try NTPPacket(bytes) }
        for first in UInt8.min...UInt8.max {
            bytes[0] = first
            #expect((NTPProbe.reader(bytes) != nil) == (first & 7 == 4 && (1...4).contains(first >> 3 & 7)))
        }
    }

    @Test func aClosedPortAndSilenceAreToldApart() async throws {
        let socket = try Descriptor(socket: AddressFamily.ipv4.systemNumber, type: SOCK_DGRAM)
        let loopback = try #require(SocketAddress("127.0.0.1"))
        try #require(loopback.withSystemAddress { bind(socket.number, $0, $1) } == 0)
        let port = try socket.localAddress().port
        let poller = try Poller()
        defer { poller.close() }
        let probe = NTPProbe(
            engine: UDPEngine("ntp-test", reader: NTPProbe.reader), resolver: SystemResolver(poller: poller),
            now: { Instant(seconds: 0) })
        let silent = await probe.measure(
            "127.0.0.1:\(port)", settings: try settings(), until: .now + .milliseconds(300))
        #expect(
            silent.outcome
                == .down(
                    Reason(
                        "timeout", step: "response", expected: "an answer to NTP", got: "nothing before the deadline")))
        let closed = await probe.measure("127.0.0.1:9", settings: try settings(), until: .now + .seconds(10))
        guard case .down(let reason) = closed.outcome else {
            Issue.record("\(closed)")
            return
        }
        #expect(reason.code == "port-closed")
    }

    @Test func targetsAndSettingsAreJudged() throws {
        for target in ["time-1", "time-1:1123", "2001:db8::1", "[2001:db8::1]:1123"] {
            try NTPSettings.validate(target: target)
        }
        #expect(throws: SettingsError.self) { try NTPSettings.validate(target: "ntp://time-1") }
        for values in [["offset": "0s"], ["stratum": "16"], ["distance": "2d"], ["family": "ipv4"]] {
            #expect(throws: SettingsError.self) { try settings(values) }
        }
    }
}
