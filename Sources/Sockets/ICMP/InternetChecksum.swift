/// The ones' complement sum that IPv4, ICMP, UDP and TCP carry (RFC 1071).
package enum InternetChecksum {
    /// The checksum to write into a message whose checksum field is zero; 0 when the field is filled in and right.
    package static func of(_ bytes: some Collection<UInt8>) -> UInt16 {
        var sum: UInt32 = 0
        var isHigh = true
        for byte in bytes {
            sum += isHigh ? UInt32(byte) << 8 : UInt32(byte)
            if sum > 0xffff { sum = (sum & 0xffff) + 1 }
            isHigh.toggle()
        }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}
