/// What a received ICMP datagram says to somebody who pings (RFC 792, RFC 4443).
package enum ICMPMessage: Hashable, Sendable {
    case echoReply(Echo)
    /// An error about an echo request that `destination` should have got. `largest`: the IP packet, in bytes, that the
    /// sender of a "too big" could have passed on (RFC 1191, RFC 8201); 0 where it does not say.
    case error(ICMPFault.Kind, type: UInt8, code: UInt8, largest: UInt32, destination: SocketAddress, about: Echo)

    /// The parts of an echo message that tell whose it is.
    package struct Echo: Hashable, Sendable {
        package var identifier: UInt16
        package var sequence: UInt16
        /// Nil where the payload is too short for one, as in an error whose sender quoted the header only.
        package var mark: EchoMark?

        package init(identifier: UInt16, sequence: UInt16, mark: EchoMark? = nil) {
            self.identifier = identifier
            self.sequence = sequence
            self.mark = mark
        }
    }

    /// Why a datagram is of no use.
    package enum Unusable: Error, Hashable, Sendable {
        case truncated
        case badChecksum
        /// Sound, but neither an echo reply nor an error about an echo request.
        case other
    }

    /// `length`: how long the datagram was, where `bytes` holds the beginning of it only; the checksum of a datagram
    /// that was cut cannot be looked at, and the mark has to do.
    package static func parse(
        _ bytes: RawSpan, length: Int, as framing: Framing
    ) throws(Unusable) -> ICMPMessage {
        switch framing {
        case .ipv4Packet:
            let header = try IPv4Header(bytes, length: length)
            guard header.protocolNumber == 1, header.fragmentOffset == 0 else { throw .other }
            return try parseIPv4(
                bytes.extracting(header.length..<min(header.totalLength, bytes.byteCount)),
                isWhole: header.totalLength <= bytes.byteCount)
        case .ipv4Message:
            return try parseIPv4(bytes, isWhole: length == bytes.byteCount)
        case .ipv6Message:
            return try parseIPv6(bytes)
        }
    }

    package static func parse(_ bytes: [UInt8], as framing: Framing) throws(Unusable) -> ICMPMessage {
        try parse(bytes.span.bytes, length: bytes.count, as: framing)
    }

    /// An error from a ping socket's error queue: the kernel has taken the outer headers off, and `quoted` begins with
    /// the ICMP header of the request.
    package static func parse(
        quoted bytes: RawSpan, to destination: SocketAddress, error: ControlMessages.QueuedError, family: AddressFamily
    ) throws(Unusable) -> ICMPMessage {
        guard bytes.byteCount >= 8 else { throw .truncated }
        let kind =
            family == .ipv4
            ? ICMPFault.Kind(ipv4Type: error.type, code: error.code)
            : ICMPFault.Kind(ipv6Type: error.type, code: error.code)
        guard let kind, bytes.byte(0) == (family == .ipv4 ? 8 : 128) else { throw .other }
        return .error(
            kind, type: error.type, code: error.code, largest: kind == .packetTooBig ? error.information : 0,
            destination: destination, about: Echo(bytes))
    }

    /// The identifier of the echo message that it is, or is about.
    package var identifier: UInt16 {
        switch self {
        case .echoReply(let echo), .error(_, _, _, _, _, about: let echo): echo.identifier
        }
    }

    /// What the kernel puts before the ICMP message; only IPv4's raw sockets get the IP header.
    package enum Framing: Hashable, Sendable {
        case ipv4Packet
        case ipv4Message
        case ipv6Message
    }

    private static func parseIPv4(_ message: RawSpan, isWhole: Bool) throws(Unusable) -> ICMPMessage {
        guard message.byteCount >= 8 else { throw .truncated }
        // A raw socket gets the message before the kernel has looked at its checksum.
        if isWhole {
            guard InternetChecksum.of(message) == 0 else { throw .badChecksum }
        }
        let (type, code) = (message.byte(0), message.byte(1))
        if type == 0, code == 0 { return .echoReply(Echo(message)) }
        guard let kind = ICMPFault.Kind(ipv4Type: type, code: code) else { throw .other }
        let quoted = message.extracting(8..<message.byteCount)
        let header = try IPv4Header(quoted, length: nil)
        guard header.protocolNumber == 1, header.fragmentOffset == 0 else { throw .other }
        let body = quoted.extracting(header.length..<quoted.byteCount)
        guard body.byteCount >= 8 else { throw .truncated }
        guard body.byte(0) == 8 else { throw .other }
        return .error(
            kind, type: type, code: code, largest: kind == .packetTooBig ? UInt32(message.big16(6)) : 0,
            destination: SocketAddress(.ipv4(header.destination)), about: Echo(body))
    }

    private static func parseIPv6(_ message: RawSpan) throws(Unusable) -> ICMPMessage {
        guard message.byteCount >= 8 else { throw .truncated }
        // The kernel has checked the sum: it takes the addresses, which do not come with the message.
        let (type, code) = (message.byte(0), message.byte(1))
        if type == 129, code == 0 { return .echoReply(Echo(message)) }
        guard let kind = ICMPFault.Kind(ipv6Type: type, code: code) else { throw .other }
        let quoted = message.extracting(8..<message.byteCount)
        guard quoted.byteCount >= 48 else { throw .truncated }
        guard quoted.byte(0) >> 4 == 6, quoted.byte(6) == 58, quoted.byte(40) == 128 else { throw .other }
        let destination = UInt128(quoted.big64(24)) << 64 | UInt128(quoted.big64(32))
        return .error(
            kind, type: type, code: code, largest: kind == .packetTooBig ? message.big32(4) : 0,
            destination: SocketAddress(.ipv6(destination, scope: 0)),
            about: Echo(quoted.extracting(40..<quoted.byteCount)))
    }
}

extension ICMPMessage.Echo {
    /// From an ICMP header of at least 8 bytes and what follows it.
    init(_ message: RawSpan) {
        self.init(
            identifier: message.big16(4), sequence: message.big16(6),
            mark: EchoMark(message.extracting(min(8, message.byteCount)..<message.byteCount)))
    }
}
