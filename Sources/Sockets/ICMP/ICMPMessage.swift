/// What a received ICMP datagram says to somebody who pings (RFC 792, RFC 4443).
package enum ICMPMessage: Hashable, Sendable {
    case echoReply(Echo)
    /// An error about an echo request that `destination` should have got.
    case error(ICMPFault.Kind, type: UInt8, code: UInt8, destination: SocketAddress, about: Echo)

    /// The parts of an echo message that tell whose it is.
    package struct Echo: Hashable, Sendable {
        package var identifier: UInt16
        package var sequence: UInt16
        /// What followed the header; in an error as much as the router quoted, often nothing.
        package var payload: [UInt8]

        package init(identifier: UInt16, sequence: UInt16, payload: [UInt8] = []) {
            self.identifier = identifier
            self.sequence = sequence
            self.payload = payload
        }
    }

    /// Why a datagram is of no use.
    package enum Unusable: Error, Hashable, Sendable {
        case truncated
        case badChecksum
        /// Sound, but neither an echo reply nor an error about an echo request.
        case other
    }

    package static func parse(_ bytes: some Sequence<UInt8>, as framing: Framing) throws(Unusable) -> ICMPMessage {
        let bytes = Array(bytes)
        switch framing {
        case .ipv4Packet:
            let header = try IPv4Header(bytes[...])
            guard header.protocolNumber == 1, header.fragmentOffset == 0 else { throw .other }
            return try parseIPv4(header.body)
        case .ipv4Message:
            return try parseIPv4(bytes[...])
        case .ipv6Message:
            return try parseIPv6(bytes[...])
        }
    }

    /// An error from a ping socket's error queue: the kernel has taken the outer headers off, and `quoted` begins with
    /// the ICMP header of the request.
    package static func parse(
        quoted bytes: [UInt8], to destination: SocketAddress, type: UInt8, code: UInt8, family: AddressFamily
    ) throws(Unusable) -> ICMPMessage {
        guard bytes.count >= 8 else { throw .truncated }
        let kind =
            family == .ipv4
            ? ICMPFault.Kind(ipv4Type: type, code: code) : ICMPFault.Kind(ipv6Type: type, code: code)
        guard let kind, bytes[0] == (family == .ipv4 ? 8 : 128) else { throw .other }
        return .error(kind, type: type, code: code, destination: destination, about: Echo(bytes[...]))
    }

    /// The identifier of the echo message that it is, or is about.
    package var identifier: UInt16 {
        switch self {
        case .echoReply(let echo), .error(_, _, _, _, about: let echo): echo.identifier
        }
    }

    /// What the kernel puts before the ICMP message; only IPv4's raw sockets get the IP header.
    package enum Framing: Hashable, Sendable {
        case ipv4Packet
        case ipv4Message
        case ipv6Message
    }

    private static func parseIPv4(_ message: ArraySlice<UInt8>) throws(Unusable) -> ICMPMessage {
        guard message.count >= 8 else { throw .truncated }
        // A raw socket gets the message before the kernel has looked at its checksum.
        guard InternetChecksum.of(message) == 0 else { throw .badChecksum }
        let (type, code) = (message.byte(0), message.byte(1))
        if type == 0, code == 0 { return .echoReply(Echo(message)) }
        guard let kind = ICMPFault.Kind(ipv4Type: type, code: code) else { throw .other }
        let quoted = try IPv4Header(message.dropFirst(8), isQuoted: true)
        guard quoted.protocolNumber == 1, quoted.fragmentOffset == 0 else { throw .other }
        guard quoted.body.count >= 8 else { throw .truncated }
        guard quoted.body.byte(0) == 8 else { throw .other }
        return .error(
            kind, type: type, code: code, destination: SocketAddress(.ipv4(quoted.destination)),
            about: Echo(quoted.body))
    }

    /// The kernel has verified the checksum of an ICMPv6 message before a socket gets it (RFC 3542 §3.1).
    private static func parseIPv6(_ message: ArraySlice<UInt8>) throws(Unusable) -> ICMPMessage {
        guard message.count >= 8 else { throw .truncated }
        let (type, code) = (message.byte(0), message.byte(1))
        if type == 129, code == 0 { return .echoReply(Echo(message)) }
        guard let kind = ICMPFault.Kind(ipv6Type: type, code: code) else { throw .other }
        let quoted = message.dropFirst(8)
        guard quoted.count >= 48 else { throw .truncated }
        guard quoted.byte(0) >> 4 == 6, quoted.byte(6) == 58, quoted.byte(40) == 128 else { throw .other }
        let destination = (24..<40).reduce(UInt128(0)) { $0 << 8 | UInt128(quoted.byte($1)) }
        return .error(
            kind, type: type, code: code, destination: SocketAddress(.ipv6(destination, scope: 0)),
            about: Echo(quoted.dropFirst(40)))
    }
}

extension ICMPMessage.Echo {
    /// From an ICMP header of at least 8 bytes and what follows it.
    init(_ message: ArraySlice<UInt8>) {
        identifier = message.big16(4)
        sequence = message.big16(6)
        payload = Array(message.dropFirst(8))
    }
}

/// The fields of an IPv4 header (RFC 791) that matter here.
struct IPv4Header: Hashable, Sendable {
    var protocolNumber: UInt8
    var fragmentOffset: UInt16
    var source: UInt32
    var destination: UInt32
    /// What follows the header and its options.
    var body: ArraySlice<UInt8>

    /// `isQuoted`: inside an ICMP error, which holds the beginning of the packet only.
    init(_ packet: ArraySlice<UInt8>, isQuoted: Bool = false) throws(ICMPMessage.Unusable) {
        guard packet.count >= 20 else { throw .truncated }
        guard packet.byte(0) >> 4 == 4 else { throw .other }
        let headerLength = Int(packet.byte(0) & 15) * 4
        let totalLength = Int(packet.big16(2))
        guard headerLength >= 20, packet.count >= headerLength else { throw .truncated }
        guard isQuoted || (totalLength >= headerLength && totalLength <= packet.count) else { throw .truncated }
        fragmentOffset = packet.big16(6) & 0x1fff
        protocolNumber = packet.byte(9)
        source = packet.big32(12)
        destination = packet.big32(16)
        body = packet.prefix(isQuoted ? packet.count : totalLength).dropFirst(headerLength)
    }
}

extension ArraySlice<UInt8> {
    /// The byte at an offset from the slice's beginning; 0 past its end, which callers have excluded by length.
    fileprivate func byte(_ offset: Int) -> UInt8 {
        offset < count ? self[startIndex + offset] : 0
    }

    fileprivate func big16(_ offset: Int) -> UInt16 {
        UInt16(byte(offset)) << 8 | UInt16(byte(offset + 1))
    }

    fileprivate func big32(_ offset: Int) -> UInt32 {
        UInt32(big16(offset)) << 16 | UInt32(big16(offset + 2))
    }
}
