/// Writes definite-length BER from the last byte to the first, so that every length is known when it is written.
///
/// What stands last in the message is written first. Lengths and integers take as few bytes as they can.
package struct BERWriter {
    private var reversed: [UInt8] = []

    package init() {
        reversed.reserveCapacity(512)
    }

    /// How many bytes there are so far: an element that ends here ends so far from the message's end.
    package var count: Int { reversed.count }

    /// The message, first byte first.
    package var bytes: [UInt8] { reversed.reversed() }

    /// Bytes that are BER already.
    package mutating func raw(_ bytes: some BidirectionalCollection<UInt8>) {
        reversed.append(contentsOf: bytes.reversed())
    }

    /// Tag and length before what was written since `mark`.
    package mutating func wrap(_ tag: UInt8, since mark: Int) {
        length(reversed.count - mark)
        reversed.append(tag)
    }

    /// A constructed element around what `body` writes.
    package mutating func constructed(_ tag: UInt8, _ body: (inout BERWriter) -> Void) {
        let mark = reversed.count
        body(&self)
        wrap(tag, since: mark)
    }

    package mutating func octets(_ bytes: some BidirectionalCollection<UInt8>, tag: UInt8 = BERTag.octets) {
        let mark = reversed.count
        raw(bytes)
        wrap(tag, since: mark)
    }

    package mutating func integer(_ value: Int64, tag: UInt8 = BERTag.integer) {
        let mark = reversed.count
        var rest = value
        while true {
            let byte = UInt8(truncatingIfNeeded: rest)
            reversed.append(byte)
            rest >>= 8
            let isSigned = byte & 0x80 != 0
            if (rest == 0 && !isSigned) || (rest == -1 && isSigned) { break }
        }
        wrap(tag, since: mark)
    }

    package mutating func unsigned(_ value: UInt64, tag: UInt8) {
        let mark = reversed.count
        var rest = value
        repeat {
            reversed.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        } while rest != 0
        if let last = reversed.last, last & 0x80 != 0 { reversed.append(0) }
        wrap(tag, since: mark)
    }

    package mutating func oid(_ oid: OID) { self.oid(oid.arcs[...]) }

    mutating func oid(_ arcs: ArraySlice<UInt32>) {
        let mark = reversed.count
        for arc in arcs.dropFirst(2).reversed() { base128(UInt64(arc)) }
        let first = UInt64(min(arcs.first ?? 0, 2))
        let second = UInt64(arcs.dropFirst().first ?? 0)
        // Below the first two roots only forty arcs can be said.
        base128(first * 40 + (first < 2 ? min(second, 39) : second))
        wrap(BERTag.oid, since: mark)
    }

    package mutating func value(_ value: SNMPValue) {
        switch value {
        case .integer(let number): integer(number)
        case .octets(let bytes): octets(bytes)
        case .null: empty(BERTag.null)
        case .oid(let oid): self.oid(oid)
        case .ipAddress(let bits):
            octets((0..<4).map { UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0)) }, tag: BERTag.ipAddress)
        case .counter32(let number): unsigned(UInt64(number), tag: BERTag.counter32)
        case .gauge32(let number): unsigned(UInt64(number), tag: BERTag.gauge32)
        case .timeTicks(let number): unsigned(UInt64(number), tag: BERTag.timeTicks)
        case .counter64(let number): unsigned(number, tag: BERTag.counter64)
        case .opaque(let bytes): octets(bytes, tag: BERTag.opaque)
        case .float(let number): floating(0x78, UInt64(number.bitPattern), 4)
        case .double(let number): floating(0x79, number.bitPattern, 8)
        case .noSuchObject: empty(BERTag.noSuchObject)
        case .noSuchInstance: empty(BERTag.noSuchInstance)
        case .endOfMibView: empty(BERTag.endOfMibView)
        }
    }

    private mutating func empty(_ tag: UInt8) {
        reversed.append(0)
        reversed.append(tag)
    }

    private mutating func floating(_ tag: UInt8, _ bits: UInt64, _ count: Int) {
        let head: [UInt8] = [0x9f, tag, UInt8(count)]
        let body = (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * (count - 1 - $0))) }
        octets(head + body, tag: BERTag.opaque)
    }

    private mutating func base128(_ value: UInt64) {
        reversed.append(UInt8(value & 0x7f))
        var rest = value >> 7
        while rest > 0 {
            reversed.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
    }

    private mutating func length(_ count: Int) {
        guard count >= 0x80 else {
            reversed.append(UInt8(count))
            return
        }
        var rest = count
        var bytes: UInt8 = 0
        while rest > 0 {
            reversed.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
            bytes += 1
        }
        reversed.append(0x80 | bytes)
    }
}
