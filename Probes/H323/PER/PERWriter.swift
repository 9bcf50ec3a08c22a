/// Writes the aligned variant of the Packed Encoding Rules (X.691), as far as questions of H.225.0 need it.
struct PERWriter {
    private(set) var bytes: [UInt8] = []
    /// How many bits of the last byte are taken; 0 when it is full.
    private var taken = 0

    /// The lowest `count` bits of `value`, highest first.
    mutating func bits(_ value: Int, _ count: Int) {
        for place in stride(from: count - 1, through: 0, by: -1) {
            if taken == 0 { bytes.append(0) }
            if value >> place & 1 == 1 { bytes[bytes.count - 1] |= 0x80 >> UInt8(taken) }
            taken = (taken + 1) & 7
        }
    }

    /// Whole bytes, from the next byte on.
    mutating func octets(_ values: some Sequence<UInt8>) {
        taken = 0
        bytes.append(contentsOf: values)
    }

    mutating func twoOctets(_ value: UInt16) {
        octets([UInt8(value >> 8), UInt8(value & 0xff)])
    }
}
