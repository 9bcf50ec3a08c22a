/// Reads the aligned variant of the Packed Encoding Rules (X.691), as far as answers of H.225.0 need it.
///
/// It never leaves the bytes: what is not there is `PERFault.short`, and what nobody here reads `unsupported`.
package struct PERReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    /// From the first byte's highest bit.
    private var position = 0

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    package mutating func bit() throws(PERFault) -> Bool {
        let index = position >> 3
        guard index < bytes.count else { throw .short }
        let byte = bytes[bytes.startIndex + index]
        defer { position += 1 }
        return byte >> UInt8(7 - position & 7) & 1 == 1
    }

    /// A field of at most 16 bits, highest first.
    package mutating func bits(_ count: Int) throws(PERFault) -> Int {
        var value = 0
        for _ in 0..<min(count, 16) { value = value << 1 | (try bit() ? 1 : 0) }
        return value
    }

    /// To the next byte.
    package mutating func align() {
        position = (position + 7) & ~7
    }

    package mutating func octets(_ count: Int) throws(PERFault) -> ArraySlice<UInt8> {
        align()
        let start = position >> 3
        guard count >= 0, count <= bytes.count - start else { throw .short }
        position += count << 3
        return bytes[(bytes.startIndex + start)...].prefix(count)
    }

    /// A whole number from 0 to 255 (X.691, 11.5.7.2).
    package mutating func octet() throws(PERFault) -> Int {
        try octets(1).reduce(0) { $0 << 8 | Int($1) }
    }

    /// A whole number from 0 to 65535 (X.691, 11.5.7.3).
    package mutating func twoOctets() throws(PERFault) -> Int {
        try octets(2).reduce(0) { $0 << 8 | Int($1) }
    }

    /// A length determinant of something unconstrained (X.691, 11.9.3.5 to 7); nothing here comes in fragments.
    package mutating func length() throws(PERFault) -> Int {
        let first = try octet()
        guard first & 0x80 != 0 else { return first }
        guard first & 0x40 == 0 else { throw .unsupported }
        return (first & 0x3f) << 8 | (try octet())
    }

    /// A normally small non-negative whole number (X.691, 11.6): which extension, or how many less one.
    package mutating func small() throws(PERFault) -> Int {
        guard try bit() else { return try bits(6) }
        let count = try length()
        guard count <= 2 else { throw .unsupported }
        return try octets(count).reduce(0) { $0 << 8 | Int($1) }
    }

    /// What an extension holds: a value with its length before it (X.691, 11.2).
    package mutating func openType() throws(PERFault) -> ArraySlice<UInt8> {
        try octets(length())
    }

    /// The extensions that follow a sequence's root (X.691, 19.7 to 19.9), by their order; absent ones are nil.
    package mutating func extensions() throws(PERFault) -> [ArraySlice<UInt8>?] {
        let count = try small() + 1
        guard count <= 64 else { throw .unsupported }
        var isPresent: [Bool] = []
        for _ in 0..<count { isPresent.append(try bit()) }
        var values: [ArraySlice<UInt8>?] = []
        for present in isPresent { values.append(present ? try openType() : nil) }
        return values
    }

    /// An object identifier, of which only the arcs after the first two are wanted; numbers too large end it.
    package mutating func objectIdentifier() throws(PERFault) -> [Int] {
        var arcs: [Int] = []
        var arc = 0
        for byte in try octets(length()).dropFirst() {
            guard arc < 1 << 24 else { throw .unsupported }
            arc = arc << 7 | Int(byte & 0x7f)
            if byte & 0x80 == 0 {
                arcs.append(arc)
                arc = 0
            }
        }
        return arcs
    }
}

/// Why bytes are no answer that can be read.
package enum PERFault: Error, Hashable, Sendable {
    /// They end too early.
    case short
    /// A form that nobody here reads.
    case unsupported
}
