/// An echo request as it leaves (RFC 792, RFC 4443): the header, the mark, and a pattern up to its size.
///
/// All requests of a process to one target have the same checksum: routers that share traffic out over several paths by
/// the first bytes of what they carry then send all of them the same way, and a path trace shows one path. What the
/// sequence and the mark add to the sum, the word after the mark takes away.
package struct EchoRequest: Hashable, Sendable {
    /// Header of the message.
    static let headerSize = 8
    /// The mark and the word that evens the checksum out.
    package static let smallestPayload = EchoMark.size + 2
    /// What every IPv4 message sums up to; the kernel sums up ICMPv6, for it knows the source address.
    private static let checksum: UInt16 = 0x6861

    package var family: AddressFamily
    package var identifier: UInt16
    package var sequence: UInt16
    package var mark: EchoMark
    /// Bytes of payload; fewer than `smallestPayload` are filled up to it.
    package var size: Int

    package init(family: AddressFamily, identifier: UInt16, sequence: UInt16, mark: EchoMark, size: Int) {
        self.family = family
        self.identifier = identifier
        self.sequence = sequence
        self.mark = mark
        self.size = max(size, Self.smallestPayload)
    }

    package var byteCount: Int { Self.headerSize + size }

    package var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let buffer = UnsafeMutableRawBufferPointer(buffer)
            Self.fillPattern(buffer, from: 0)
            write(into: buffer)
            count = byteCount
        }
    }

    /// Writes all but the pattern, which `fillPattern` has put there before.
    func write(into buffer: UnsafeMutableRawBufferPointer) {
        buffer.storeBytes(of: family == .ipv4 ? 8 : 128, toByteOffset: 0, as: UInt8.self)
        buffer.storeBytes(of: 0, toByteOffset: 1, as: UInt8.self)
        buffer.storeBytes(of: Self.checksum.bigEndian, toByteOffset: 2, as: UInt16.self)
        buffer.storeBytes(of: identifier.bigEndian, toByteOffset: 4, as: UInt16.self)
        buffer.storeBytes(of: sequence.bigEndian, toByteOffset: 6, as: UInt16.self)
        buffer.storeBytes(of: mark.nonce.bigEndian, toByteOffset: 8, as: UInt64.self)
        buffer.storeBytes(of: mark.number.bigEndian, toByteOffset: 16, as: UInt64.self)
        buffer.storeBytes(of: 0, toByteOffset: 24, as: UInt16.self)
        let sum = InternetChecksum.folded(
            InternetChecksum.sum(of: UnsafeRawBufferPointer(rebasing: buffer[..<byteCount]).bytes))
        // Over the whole message, its checksum included, the words of a sound one add up to all ones.
        buffer.storeBytes(of: (~sum).bigEndian, toByteOffset: 24, as: UInt16.self)
    }

    /// Fills the payload's bytes from an offset of the message on with the pattern.
    static func fillPattern(_ buffer: UnsafeMutableRawBufferPointer, from start: Int) {
        for offset in max(start, headerSize)..<max(start, headerSize, buffer.count) {
            buffer[offset] = UInt8(truncatingIfNeeded: offset - headerSize)
        }
    }
}
