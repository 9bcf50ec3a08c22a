import Foundation
import SwiftProtobuf
import Testing
import Vocabulary
import Wire

@Suite struct DeliveryReadingTests {
    let body: [UInt8]

    init() throws {
        body = try Report(sealed: Instant(seconds: 1)).encoded()
    }

    @Test func soundAndRefusedReportsAreToldApartInOrder() throws {
        let reading = try DeliveryReading(ProtoDelivery([(2, body), (1, [1]), (0, body)], stream: 9).serializedBytes())
        #expect(reading.stream == 9)
        #expect(reading.sound.map(\.sequence) == [2] && reading.sound.map(\.body) == [body])
        #expect(reading.refused.map(\.sequence) == [1, 0])
        #expect(reading.presence == nil)
    }

    @Test(arguments: [0, 2, UInt32.max]) func anotherVersionIsRefusedByName(version: UInt32) throws {
        var delivery = ProtoDelivery([])
        delivery.version = version
        let bytes: [UInt8] = try delivery.serializedBytes()
        let error = #expect(throws: WireError.self) { try DeliveryReading(bytes) }
        #expect(error?.place == "delivery.version")
    }

    @Test func aDeliveryMayBeAPresenceAlone() throws {
        var delivery = ProtoDelivery([])
        delivery.presence.now = 5_000_000
        let reading = try DeliveryReading(delivery.serializedBytes())
        #expect(reading.sound.isEmpty && reading.refused.isEmpty)
        #expect(reading.clockOffset(at: Instant(seconds: 3)) == .seconds(2))
    }

    @Test func withoutPresenceTheClockIsNotJudged() throws {
        #expect(try DeliveryReading(ProtoDelivery([]).serializedBytes()).clockOffset(at: Instant(seconds: 3)) == .zero)
    }

    @Test(arguments: [Int64.min, Int64.max]) func anAbsurdClockSaturates(now: Int64) throws {
        var delivery = ProtoDelivery([])
        delivery.presence.now = now
        let offset = try DeliveryReading(delivery.serializedBytes()).clockOffset(at: Instant(seconds: 3))
        #expect(now < 0 ? offset < .zero : offset > .zero)
    }

    @Test(arguments: [
        ("web-1", "web-1"), ("WEB-1.binhduong.example", "web-1"), ("máy chủ", "m-y-ch"), ("--a--b--", "a-b"),
        ("", "machine"), ("...", "machine"), ("日本", "machine"), ("a/../b", "a"), ("a\0b\r\nc", "a-b-c"),
        (String(repeating: "x", count: 200), String(repeating: "x", count: 63)),
    ])
    func aHostNameBecomesAnAssetsName(host: String, name: String) {
        #expect(HostName.assetName(from: host) == name)
    }
}
