/// The fields of an IPv4 header (RFC 791) that matter here.
struct IPv4Header: Hashable, Sendable {
    /// Of the header with its options.
    var length: Int
    /// Of the packet as the header has it; of a quoted one all that is there.
    var totalLength: Int
    var protocolNumber: UInt8
    var fragmentOffset: UInt16
    var destination: UInt32

    /// `whole`: how long the packet was, of which `packet` may be the beginning; nil inside an ICMP error, which holds
    /// the beginning of a packet only.
    init(_ packet: RawSpan, length whole: Int?) throws(ICMPMessage.Unusable) {
        guard packet.byteCount >= 20 else { throw .truncated }
        guard packet.byte(0) >> 4 == 4 else { throw .other }
        length = Int(packet.byte(0) & 15) * 4
        guard length >= 20, packet.byteCount >= length else { throw .truncated }
        totalLength = whole == nil ? packet.byteCount : Int(packet.big16(2))
        if let whole {
            guard totalLength >= length, totalLength <= whole else { throw .truncated }
        }
        fragmentOffset = packet.big16(6) & 0x1fff
        protocolNumber = packet.byte(9)
        destination = packet.big32(16)
    }
}
