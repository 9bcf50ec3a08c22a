import DNSProbe
import DNSSettings
import HostFacts
import NTPProbe
import NTPSettings
import Sockets
import Vocabulary

/// Datagrams, and what the kernel says of them.
enum PacketParsers {
    static let all = [
        Parser("dns", dns), Parser("dns-stream", dnsStream), Parser("dns-question", dnsQuestion), Parser("ntp", ntp),
        Parser("icmp", icmp), Parser("icmp-quoted", icmpQuoted),
        Parser("control") { input in _ = ControlMessages(input.whole()).error?.reporter?.description },
        Parser("netlink", netlink), Parser("socket-address", socketAddress),
    ]

    private static func dns(_ input: inout Input) {
        let type = input.choice(of: RecordType.allCases)
        let bytes = input.whole()
        _ = DNSQuestion.key(answering: bytes)
        guard let message = made({ () throws(DNSMessage.Fault) in try DNSMessage(bytes) }) else { return }
        let values = ["name": "example.org", "type": type.name, "expect.answer": "192.0.2.1"]
        let settings: DNSSettings = sound(values)
        _ = DNSVerdict.outcome(of: message, settings, elapsed: .milliseconds(1))
        demandNumbers(DNSVerdict.readings(message, settings))
        for record in message.answers { demand(record.name.wireLength <= 255, "\(record.name) is too long") }
    }

    private static func dnsStream(_ input: inout Input) {
        let (whole, pieces) = input.pieces()
        demandSame(messages(pieces), messages([whole]), "in pieces and at once")
    }

    private static func messages(_ pieces: [[UInt8]]) -> [[UInt8]] {
        var stream = DNSStream()
        var messages: [[UInt8]] = []
        for piece in pieces {
            stream.take(piece)
            while let message = stream.next() { messages.append(message) }
        }
        return messages
    }

    /// What echoes our question is known by it.
    private static func dnsQuestion(_ input: inout Input) {
        let (type, identifier) = (input.choice(of: RecordType.allCases), input.number(as: UInt16.self))
        guard let name = made({ () throws in try DNSName(input.text(), key: "name") }) else { return }
        let question = DNSQuestion(identifier: identifier, name: name, type: type, wantsRecursion: true)
        var answer = question.bytes
        answer[2] |= 0x80
        demandSame(DNSQuestion.key(answering: answer), question.key, "the key of the answer")
        let again = made { () throws in try DNSName(name.description, key: "name") }
        demandSame(again?.isSame(as: name), true, "\(name) is read as it is written")
    }

    private static func ntp(_ input: inout Input) {
        let now = Instant(microseconds: input.number())
        let bytes = input.whole()
        guard let packet = made({ () throws(NTPPacket.Unusable) in try NTPPacket(bytes) }) else { return }
        let settings: NTPSettings = sound([:])
        // Years with which a machine's clock may come up, not all that a number holds.
        let moment = Instant(seconds: now.seconds % 10_000_000_000)
        let offset = NTPPacket.seconds(from: moment, to: packet.transmit)
        _ = NTPVerdict.outcome(of: packet, offset: offset, settings)
        demandNumbers(NTPVerdict.readings(packet, offset: offset, roundTrip: .milliseconds(1)))
    }

    private static func icmp(_ input: inout Input) {
        let framing = input.choice(of: [ICMPMessage.Framing.ipv4Packet, .ipv4Message, .ipv6Message])
        // More may have come than was kept.
        let more = Int(input.byte())
        let bytes = input.whole()
        let message = made { () throws(ICMPMessage.Unusable) in
            try ICMPMessage.parse(bytes.span.bytes, length: bytes.count + more, as: framing)
        }
        if let message { _ = message.identifier }
    }

    private static func icmpQuoted(_ input: inout Input) {
        let family = input.flag() ? AddressFamily.ipv4 : .ipv6
        guard let error = ControlMessages(input.bytes(64)).error else { return }
        let bytes = input.whole()
        _ = made { () throws(ICMPMessage.Unusable) in
            try ICMPMessage.parse(quoted: bytes.span.bytes, to: SocketAddress(.ipv4(1)), error: error, family: family)
        }
    }

    private static func netlink(_ input: inout Input) {
        let bytes = input.whole()
        _ = (Link.list(bytes), InterfaceAddress.list(bytes))
    }

    private static func socketAddress(_ input: inout Input) {
        let text = input.text()
        // A scope by name is this machine's.
        guard !text.contains("%"), let address = SocketAddress(text) else { return }
        demandSame(SocketAddress(address.literal), address, "an address is read as it is written")
    }
}
