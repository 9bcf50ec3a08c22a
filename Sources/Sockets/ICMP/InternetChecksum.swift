/// The ones' complement sum that IPv4, ICMP, UDP and TCP carry (RFC 1071).
package enum InternetChecksum {
    /// The checksum to write into a message whose checksum field is zero; 0 when the field is filled in and right.
    package static func of(_ bytes: RawSpan) -> UInt16 {
        ~folded(sum(of: bytes))
    }

    package static func of(_ bytes: [UInt8]) -> UInt16 { of(bytes.span.bytes) }

    /// The bytes as big-endian words, summed up and not yet folded; an odd last byte counts as the high one of its word.
    /// Sums of parts that begin at even offsets add up.
    static func sum(of bytes: RawSpan) -> UInt64 {
        var sum: UInt64 = 0
        var offset = 0
        while offset + 4 <= bytes.byteCount {
            // Two words at a time: the carry of the lower one into the upper is what folding does anyway.
            sum += UInt64(UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            offset += 4
        }
        if offset + 2 <= bytes.byteCount {
            sum += UInt64(UInt16(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self)))
            offset += 2
        }
        if offset < bytes.byteCount {
            sum += UInt64(bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)) << 8
        }
        return sum
    }

    static func folded(_ sum: UInt64) -> UInt16 {
        var sum = sum
        while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
        return UInt16(sum)
    }
}
