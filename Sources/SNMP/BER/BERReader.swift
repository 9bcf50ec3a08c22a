/// What keeps bytes from being read as BER.
package enum BERProblem: Error, Hashable, Sendable {
    /// The bytes end before the element does.
    case short
    /// A length that is indefinite, longer than four bytes, or beyond the element around it.
    case length
    /// Another type than the one that belongs here.
    case tag(UInt8)
    /// Contents that the type does not allow.
    case contents
    /// Bytes left over where nothing may follow.
    case excess
}

/// Reads definite-length BER as SNMP uses it (X.690, RFC 3417 §8), element by element, from bytes that nobody vouches for.
///
/// Every access is behind a comparison with `end`: it throws and never traps. Longer than needed lengths and integers
/// are taken, because agents send them. It points into bytes that only `reading` lends, so that the many readers of one
/// message share them without counting who does.
package struct BERReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    package private(set) var position: Int
    package let end: Int

    /// Lends a reader of the bytes to `body`, which must not keep it.
    package static func reading<Result>(
        _ bytes: [UInt8], _ body: (inout BERReader) throws(BERProblem) -> Result
    ) throws(BERProblem) -> Result {
        try bytes.withUnsafeBufferPointer { bytes throws(BERProblem) in
            var reader = BERReader(bytes, from: 0, to: bytes.count)
            return try body(&reader)
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int, to end: Int) {
        self.bytes = bytes
        self.position = position
        self.end = end
    }

    package var isAtEnd: Bool { position >= end }

    package func finish() throws(BERProblem) {
        guard isAtEnd else { throw .excess }
    }

    /// The tag of the next element, nil at the end.
    package var nextTag: UInt8? { position < end ? bytes[position] : nil }

    /// Goes past tag and length of the next element; where its contents end.
    @inline(__always)
    private mutating func header(_ wanted: UInt8?) throws(BERProblem) -> (tag: UInt8, end: Int) {
        guard end - position >= 2 else { throw .short }
        let tag = bytes[position]
        if let wanted, tag != wanted { throw .tag(tag) }
        let first = Int(bytes[position + 1])
        position += 2
        guard first >= 0x80 else {
            guard first <= end - position else { throw .short }
            return (tag, position + first)
        }
        let count = first & 0x7f
        guard count >= 1, count <= 4 else { throw .length }
        guard count <= end - position else { throw .short }
        var length = 0
        for index in position..<position + count { length = length << 8 | Int(bytes[index]) }
        position += count
        guard length <= end - position else { throw .short }
        return (tag, position + length)
    }

    /// A reader for the contents of the next element, which must be constructed with that tag; goes past it.
    package mutating func enter(_ tag: UInt8) throws(BERProblem) -> BERReader {
        let (_, stop) = try header(tag)
        defer { position = stop }
        return BERReader(bytes, from: position, to: stop)
    }

    /// Tag and contents of the next element, whatever it is; goes past it.
    package mutating func any() throws(BERProblem) -> (tag: UInt8, contents: BERReader) {
        let (tag, stop) = try header(nil)
        defer { position = stop }
        return (tag, BERReader(bytes, from: position, to: stop))
    }

    /// The next element whole, with tag and length; goes past it.
    package mutating func element() throws(BERProblem) -> [UInt8] {
        let start = position
        let (_, stop) = try header(nil)
        position = stop
        return Array(bytes[start..<stop])
    }

    /// INTEGER: two's complement of any length that an Int64 holds.
    package mutating func integer(_ tag: UInt8 = BERTag.integer) throws(BERProblem) -> Int64 {
        let (_, stop) = try header(tag)
        return try signed(to: stop)
    }

    package mutating func octets(_ tag: UInt8 = BERTag.octets) throws(BERProblem) -> [UInt8] {
        let (_, stop) = try header(tag)
        defer { position = stop }
        return Array(bytes[position..<stop])
    }

    /// The contents of an OCTET STRING and where they begin among all bytes.
    package mutating func placedOctets() throws(BERProblem) -> (bytes: [UInt8], start: Int) {
        let (_, stop) = try header(BERTag.octets)
        defer { position = stop }
        return (Array(bytes[position..<stop]), position)
    }

    package mutating func oid() throws(BERProblem) -> OID {
        let (_, stop) = try header(BERTag.oid)
        return try oid(to: stop)
    }

    /// Writes the arcs of the next element, an OID, into memory with room for them; how many they are.
    @inline(__always)
    mutating func arcs(into memory: UnsafeMutableBufferPointer<UInt32>) throws(BERProblem) -> Int {
        let (_, stop) = try header(BERTag.oid)
        return try readArcs(to: stop, into: memory)
    }

    /// The value of a variable, of whichever type; an unknown one is an error.
    package mutating func value() throws(BERProblem) -> SNMPValue {
        let (tag, stop) = try header(nil)
        switch tag {
        case BERTag.integer: return .integer(try signed(to: stop))
        case BERTag.octets:
            defer { position = stop }
            return .octets(Array(bytes[position..<stop]))
        case BERTag.counter32: return .counter32(UInt32(truncatingIfNeeded: try unsigned(to: stop)))
        case BERTag.gauge32: return .gauge32(UInt32(truncatingIfNeeded: try unsigned(to: stop)))
        case BERTag.timeTicks: return .timeTicks(UInt32(truncatingIfNeeded: try unsigned(to: stop)))
        case BERTag.counter64: return .counter64(try unsigned(to: stop))
        case BERTag.oid: return .oid(try oid(to: stop))
        default: return try rareValue(tag, to: stop)
        }
    }

    private mutating func rareValue(_ tag: UInt8, to stop: Int) throws(BERProblem) -> SNMPValue {
        defer { position = stop }
        let contents = bytes[position..<stop]
        switch tag {
        case BERTag.null: return .null
        case BERTag.ipAddress:
            // Some agents send other lengths; what they mean by it is theirs.
            guard contents.count == 4 else { return .octets(Array(contents)) }
            return .ipAddress(contents.reduce(0) { $0 << 8 | UInt32($1) })
        case BERTag.opaque: return Self.opaque(Array(contents))
        case BERTag.noSuchObject: return .noSuchObject
        case BERTag.noSuchInstance: return .noSuchInstance
        case BERTag.endOfMibView: return .endOfMibView
        // NsapAddress and UInteger32 of RFC 1442, long obsolete, still sent by old agents.
        case 0x45: return .octets(Array(contents))
        case 0x47:
            return .gauge32(UInt32(truncatingIfNeeded: try unsigned(to: stop)))
        default: throw .tag(tag)
        }
    }

    /// A tag of two bytes, a length of one, then IEEE 754 big-endian.
    private static func opaque(_ contents: [UInt8]) -> SNMPValue {
        guard contents.count >= 3, contents[0] == 0x9f else { return .opaque(contents) }
        let bits = contents[3...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch (contents[1], contents[2], contents.count) {
        case (0x78, 4, 7): return .float(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case (0x79, 8, 11): return .double(Double(bitPattern: bits))
        default: return .opaque(contents)
        }
    }

    @inline(__always)
    private mutating func signed(to stop: Int) throws(BERProblem) -> Int64 {
        let count = stop - position
        guard count >= 1 else { throw .contents }
        var value: Int64 = bytes[position] & 0x80 == 0 ? 0 : -1
        // More than eight bytes are padding, or a number that nobody means.
        for index in position..<stop { value = value << 8 | Int64(bytes[index]) }
        position = stop
        guard count <= 9 else { throw .contents }
        return value
    }

    /// Taken without a sign, as net-snmp does: agents forget the zero byte before a set top bit.
    @inline(__always)
    private mutating func unsigned(to stop: Int) throws(BERProblem) -> UInt64 {
        let count = stop - position
        guard count >= 1, count <= 9 else { throw .contents }
        var value: UInt64 = 0
        for index in position..<stop { value = value << 8 | UInt64(bytes[index]) }
        position = stop
        return value
    }

    private mutating func oid(to stop: Int) throws(BERProblem) -> OID {
        var problem: BERProblem?
        let room = min(max(2, stop - position + 1), OID.longest)
        let arcs = [UInt32](unsafeUninitializedCapacity: room) { memory, filled in
            do throws(BERProblem) {
                filled = try readArcs(to: stop, into: memory)
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        return OID(arcs)
    }

    /// Writes the arcs into memory with room for them, at most one more than there are bytes; how many they are.
    @inline(__always)
    private mutating func readArcs(
        to stop: Int, into memory: UnsafeMutableBufferPointer<UInt32>
    ) throws(BERProblem) -> Int {
        // An empty one stands for 0.0 in old agents.
        if position == stop {
            memory[0] = 0
            memory[1] = 0
            return 2
        }
        var count = 0
        var arc: UInt64 = 0
        for index in position..<stop {
            let byte = bytes[index]
            arc = arc << 7 | UInt64(byte & 0x7f)
            guard arc <= UInt64(UInt32.max) + 80 else { throw .contents }
            if byte & 0x80 != 0 { continue }
            if count == 0 {
                // X.690 §8.19.4: the first two arcs share a number.
                let first = min(arc / 40, 2)
                memory[0] = UInt32(first)
                arc -= first * 40
                count = 1
            }
            guard arc <= UInt64(UInt32.max), count < OID.longest else { throw .contents }
            memory[count] = UInt32(arc)
            count += 1
            arc = 0
        }
        guard bytes[stop - 1] & 0x80 == 0 else { throw .contents }
        position = stop
        return count
    }
}
