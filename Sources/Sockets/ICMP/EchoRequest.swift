/// An echo request as it leaves (RFC 792, RFC 4443): the header, then a payload that only this process can have written.
///
/// The payload carries the process's nonce and the packet's number, because an unprivileged socket gets its identifier
/// from the kernel and 16 bits of sequence are few for thousands of targets. What is left is filled with a pattern.
package struct EchoRequest: Hashable, Sendable {
    /// Nonce and number, 8 bytes each.
    package static let smallestPayload = 16

    package var family: AddressFamily
    package var identifier: UInt16
    package var nonce: UInt64
    package var number: UInt64
    /// Bytes of payload; fewer than `smallestPayload` are filled up to it.
    package var size: Int

    package init(family: AddressFamily, identifier: UInt16, nonce: UInt64, number: UInt64, size: Int) {
        self.family = family
        self.identifier = identifier
        self.nonce = nonce
        self.number = number
        self.size = size
    }

    /// The sequence on the wire: the number's last 16 bits.
    package static func sequence(of number: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: number) }

    /// The message, its checksum filled in for IPv4.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = [family == .ipv4 ? 8 : 128, 0, 0, 0]
        bytes.reserveCapacity(8 + max(size, Self.smallestPayload))
        bytes.appendBig(identifier)
        bytes.appendBig(Self.sequence(of: number))
        bytes.appendBig(nonce)
        bytes.appendBig(number)
        for index in Self.smallestPayload..<max(size, Self.smallestPayload) {
            bytes.append(UInt8(truncatingIfNeeded: index))
        }
        guard family == .ipv4 else { return bytes }  // The kernel sums up ICMPv6: it knows the source address.
        let checksum = InternetChecksum.of(bytes)
        bytes[2] = UInt8(checksum >> 8)
        bytes[3] = UInt8(checksum & 255)
        return bytes
    }

    /// Nonce and number from a payload that came back; nil when it is too short to hold them.
    package static func mark(in payload: [UInt8]) -> (nonce: UInt64, number: UInt64)? {
        guard payload.count >= smallestPayload else { return nil }
        let halves = [payload[0..<8], payload[8..<16]].map { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        return (halves[0], halves[1])
    }
}

extension [UInt8] {
    fileprivate mutating func appendBig(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
