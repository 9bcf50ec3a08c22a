import Sockets
import Testing

@Suite struct ICMPMessageTests {
    static let target4 = SocketAddress(.ipv4(0xc633_6407))
    static let marked = ICMPMessage.Echo(
        identifier: 0x4242, sequence: 1,
        payload: Array(
            EchoRequest(family: .ipv4, identifier: 0x4242, nonce: 0x1122_3344_5566_7788, number: 0x10001, size: 56)
                .bytes
                .dropFirst(8)))

    @Test(arguments: ["ipv4-reply", "ipv4-reply-record-route"])
    func aRecordedIPv4ReplyIsRead(name: String) throws {
        let message = try ICMPMessage.parse(try Fixture.bytes(name), as: .ipv4Packet)
        #expect(message == .echoReply(Self.marked))
    }

    @Test func aReplyOfOddLengthIsRead() throws {
        let message = try ICMPMessage.parse(try Fixture.bytes("ipv4-reply-odd"), as: .ipv4Packet)
        var echo = Self.marked
        echo.payload = Array(echo.payload.prefix(17))
        #expect(message == .echoReply(echo))
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
        guard case .error(let found, _, _, let destination, let echo) = message else {
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
                try ICMPMessage.parse(sound.prefix(length), as: .ipv4Packet)
            }
        }
    }

    @Test func anErrorThatQuotesEightBytesOnlyIsRead() throws {
        let whole = try Fixture.bytes("ipv6-time-exceeded")
        let message = try ICMPMessage.parse(whole.prefix(56), as: .ipv6Message)
        let bare = ICMPMessage.Echo(identifier: 0x4242, sequence: 1)
        #expect(
            message
                == .error(
                    .timeExceeded, type: 3, code: 0, destination: try #require(SocketAddress("2001:db8:2::7")),
                    about: bare))
        for length in 0..<56 {
            #expect(throws: ICMPMessage.Unusable.truncated) {
                try ICMPMessage.parse(whole.prefix(length), as: .ipv6Message)
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

    @Test(arguments: [17, 16, 0, 1472]) func aRequestCarriesItsMarkAndARightChecksum(size: Int) throws {
        let request = EchoRequest(family: .ipv4, identifier: 7, nonce: .max, number: 0x1_0002_0003, size: size)
        #expect(request.bytes.count == 8 + max(16, size))
        #expect(InternetChecksum.of(request.bytes) == 0)
        #expect(Array(request.bytes[4..<8]) == [0, 7, 0, 3])
        let mark = try #require(EchoRequest.mark(in: Array(request.bytes.dropFirst(8))))
        #expect(mark.nonce == .max && mark.number == 0x1_0002_0003)
        #expect(EchoRequest.mark(in: Array(request.bytes[8..<23])) == nil)
    }

    @Test func theChecksumOfTheRFCIsFound() {
        // RFC 1071 §3: the sum of these words is ddf2.
        #expect(InternetChecksum.of([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7] as [UInt8]) == ~0xddf2)
    }

    @Test func controlMessagesCutAnywhereAreSurvived() {
        var bytes: [UInt8] = [32, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 35, 0, 0, 0]
        bytes += [5, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]
        #expect(ControlMessages(bytes).arrival == .seconds(5) + .nanoseconds(7))
        for length in bytes.indices { #expect(ControlMessages(Array(bytes.prefix(length))).arrival == nil) }
        for value in [UInt8(0), 15, 33, 255] {
            bytes[0] = value
            #expect(ControlMessages(bytes).arrival == nil)
        }
    }
}
