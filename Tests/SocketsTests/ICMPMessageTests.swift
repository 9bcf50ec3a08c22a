import Sockets
import Testing

@Suite struct ICMPMessageTests {
    static let target4 = SocketAddress(.ipv4(0xc633_6407))
    static let marked = ICMPMessage.Echo(
        identifier: 0x4242, sequence: 1, mark: EchoMark(nonce: 0x1122_3344_5566_7788, number: 0x10001))

    @Test(arguments: ["ipv4-reply", "ipv4-reply-record-route"])
    func aRecordedIPv4ReplyIsRead(name: String) throws {
        let message = try ICMPMessage.parse(try Fixture.bytes(name), as: .ipv4Packet)
        #expect(message == .echoReply(Self.marked))
    }

    @Test func aReplyOfOddLengthIsRead() throws {
        let message = try ICMPMessage.parse(try Fixture.bytes("ipv4-reply-odd"), as: .ipv4Packet)
        #expect(message == .echoReply(Self.marked))
    }

    @Test func aRecordedIPv6ReplyIsRead() throws {
        #expect(try ICMPMessage.parse(try Fixture.bytes("ipv6-reply"), as: .ipv6Message) == .echoReply(Self.marked))
    }

    @Test(arguments: [
        ("ipv4-time-exceeded", ICMPFault.Kind.timeExceeded, "198.51.100.7"),
        ("ipv4-time-exceeded-options", .timeExceeded, "198.51.100.7"),
        ("ipv4-prohibited", .prohibited, "203.0.113.7"),
        ("ipv4-host-unreachable", .hostUnreachable, "203.0.113.200"),
        ("ipv4-no-neighbour", .hostUnreachable, "192.0.2.77"),
        ("ipv6-time-exceeded", .timeExceeded, "2001:db8:2::7"),
        ("ipv6-prohibited", .prohibited, "2001:db8:3::7"),
        ("ipv6-no-route", .networkUnreachable, "2001:db8:4::7"),
        ("ipv6-address-unreachable", .hostUnreachable, "2001:db8:2::77"),
    ])
    func aRecordedErrorNamesItsKindAndItsPacket(name: String, kind: ICMPFault.Kind, target: String) throws {
        let message = try ICMPMessage.parse(
            try Fixture.bytes(name), as: name.hasPrefix("ipv4") ? .ipv4Packet : .ipv6Message)
        guard case .error(let found, _, _, _, let destination, let echo) = message else {
            Issue.record("\(message) is no error")
            return
        }
        #expect(found == kind)
        #expect(destination == SocketAddress(target))
        #expect(echo == Self.marked)
    }

    @Test func anErrorAboutAnotherProtocolIsNotOurs() throws {
        let bytes = try Fixture.bytes("ipv4-port-unreachable-udp")
        #expect(throws: ICMPMessage.Unusable.other) { try ICMPMessage.parse(bytes, as: .ipv4Packet) }
    }

    @Test(arguments: ["ipv4-reply", "ipv4-reply-record-route", "ipv4-time-exceeded-options", "ipv4-reply-odd"])
    func everyAlteredBitOfTheMessageIsNoticed(name: String) throws {
        let sound = try Fixture.bytes(name)
        let header = Int(sound[0] & 15) * 4
        for place in header..<sound.count {
            for bit in 0..<8 {
                var altered = sound
                altered[place] ^= 1 << bit
                #expect(throws: ICMPMessage.Unusable.badChecksum) { try ICMPMessage.parse(altered, as: .ipv4Packet) }
            }
        }
    }

    @Test(arguments: ["ipv4-reply", "ipv4-reply-record-route", "ipv4-prohibited"])
    func everyTruncationOfAnIPv4PacketIsRefused(name: String) throws {
        let sound = try Fixture.bytes(name)
        for length in 0..<sound.count {
            #expect(throws: ICMPMessage.Unusable.truncated) {
                try ICMPMessage.parse(Array(sound.prefix(length)), as: .ipv4Packet)
            }
        }
    }

    @Test func anErrorThatQuotesEightBytesOnlyIsRead() throws {
        let whole = try Fixture.bytes("ipv6-time-exceeded")
        let message = try ICMPMessage.parse(Array(whole.prefix(56)), as: .ipv6Message)
        let bare = ICMPMessage.Echo(identifier: 0x4242, sequence: 1)
        #expect(
            message
                == .error(
                    .timeExceeded, type: 3, code: 0, largest: 0,
                    destination: try #require(SocketAddress("2001:db8:2::7")),
                    about: bare))
        for length in 0..<56 {
            #expect(throws: ICMPMessage.Unusable.truncated) {
                try ICMPMessage.parse(Array(whole.prefix(length)), as: .ipv6Message)
            }
        }
    }

    @Test func anyAlteredByteOfAnyRecordingIsSurvived() throws {
        let names = ["ipv4-reply", "ipv4-time-exceeded-options", "ipv6-reply", "ipv6-no-route", "ipv4-reply-odd"]
        for name in names {
            let sound = try Fixture.bytes(name)
            for framing in [ICMPMessage.Framing.ipv4Packet, .ipv4Message, .ipv6Message] {
                for place in sound.indices {
                    for value in [UInt8(0), 1, 0x0f, 0x40, 0x45, 0x4f, 0x60, 0x7f, 0x80, 0xff] {
                        var altered = sound
                        altered[place] = value
                        do throws(ICMPMessage.Unusable) {
                            _ = try ICMPMessage.parse(altered, as: framing)
                        } catch {
                            continue
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: [18, 17, 0, 56, 1472, 8972]) func aRequestCarriesItsMarkAndARightChecksum(size: Int) {
        let mark = EchoMark(nonce: .max, number: 0x1_0002_0003)
        let request = EchoRequest(family: .ipv4, identifier: 7, sequence: 3, mark: mark, size: size)
        let bytes = request.bytes
        #expect(bytes.count == 8 + max(18, size))
        #expect(InternetChecksum.of(bytes) == 0)
        #expect(Array(bytes[4..<8]) == [0, 7, 0, 3])
        #expect(EchoMark(Array(bytes.dropFirst(8)).span.bytes) == mark)
        #expect(EchoMark(Array(bytes[8..<23]).span.bytes) == nil)
        #expect(
            bytes.dropFirst(26) == ArraySlice((26..<max(26, bytes.count)).map { UInt8(truncatingIfNeeded: $0 - 8) }))
    }

    /// RFC 792's checksum is what routers that share traffic out look at; see `EchoRequest`.
    @Test func allRequestsHaveTheSameChecksum() {
        let checksums = Set(
            (UInt64(0)..<2000).map { number in
                let request = EchoRequest(
                    family: .ipv4, identifier: 7, sequence: UInt16(truncatingIfNeeded: number &* 77),
                    mark: EchoMark(nonce: number &* 0x9e37_79b9_7f4a_7c15, number: number << 29), size: 56)
                return Array(request.bytes[2..<4])
            })
        #expect(checksums.count == 1)
    }

    @Test func aPacketThatWasCutIsReadWithoutItsChecksum() throws {
        let sound = try Fixture.bytes("ipv4-reply")
        let beginning = Array(sound.prefix(60))
        #expect(
            try ICMPMessage.parse(beginning.span.bytes, length: sound.count, as: .ipv4Packet)
                == .echoReply(Self.marked))
        #expect(throws: ICMPMessage.Unusable.truncated) {
            try ICMPMessage.parse(beginning.span.bytes, length: 59, as: .ipv4Packet)
        }
    }

    @Test func tooBigSaysHowMuchPasses() throws {
        var bytes: [UInt8] = [3, 4, 0, 0, 0, 0, 0x05, 0x78]
        bytes += try Fixture.bytes("ipv4-time-exceeded").dropFirst(28)
        let checksum = InternetChecksum.of(bytes)
        (bytes[2], bytes[3]) = (UInt8(checksum >> 8), UInt8(checksum & 255))
        guard case .error(.packetTooBig, _, _, let largest, _, _) = try ICMPMessage.parse(bytes, as: .ipv4Message)
        else {
            Issue.record("not taken for what it is")
            return
        }
        #expect(largest == 1400)
    }

    @Test func theChecksumOfTheRFCIsFound() {
        // RFC 1071 §3: the sum of these words is ddf2.
        #expect(InternetChecksum.of([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7] as [UInt8]) == ~0xddf2)
    }

    @Test func controlMessagesCutAnywhereAreSurvived() {
        var bytes: [UInt8] = [32, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 35, 0, 0, 0]
        bytes += [5, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]
        #expect(ControlMessages(bytes).arrival == 5_000_000_007)
        for length in bytes.indices { #expect(ControlMessages(Array(bytes.prefix(length))).arrival == nil) }
        for value in [UInt8(0), 15, 33, 255] {
            bytes[0] = value
            #expect(ControlMessages(bytes).arrival == nil)
        }
    }
}
