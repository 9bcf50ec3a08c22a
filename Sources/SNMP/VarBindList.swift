/// Variables in the order they came (the VarBindList of RFC 3416 §3).
///
/// The arcs of all names lie in one piece of memory: a piece for each name would cost more than to read the message. Who
/// goes through thousands asks for names and values by their place; a `VarBind` made of them has memory of its own.
package struct VarBindList: Sendable {
    /// The value, and where the arcs of its name are; sixteen bytes.
    private struct Entry: Sendable {
        var value: SNMPValue
        var length: UInt16
        var start: UInt32

        var end: Int { Int(start) + Int(length) }
    }

    /// What a variable takes in a message, roughly.
    private static let usualBytes = 20
    private var arcs: [UInt32] = []
    private var entries: [Entry] = []

    package init() {}

    package init(_ binds: some Sequence<VarBind>) {
        for bind in binds { append(bind.oid.arcs, bind.value) }
    }

    /// Names without values, as they are asked for.
    package init(asking names: [OID]) {
        for name in names { append(name.arcs, .null) }
    }

    /// All that came in several messages, in exactly as much memory as it needs.
    package init(joining parts: [VarBindList]) {
        arcs.reserveCapacity(parts.reduce(0) { $0 + $1.arcs.count })
        entries.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { append(contentsOf: part) }
    }

    /// Pairs of a name and a value, to the end.
    package init(reading reader: inout BERReader) throws(BERProblem) {
        let bytes = reader.end - reader.position
        entries.reserveCapacity(bytes / Self.usualBytes + 1)
        var problem: BERProblem?
        // No name has as many arcs as it has bytes together with those of its pair.
        arcs = [UInt32](unsafeUninitializedCapacity: bytes) { memory, filled in
            do throws(BERProblem) {
                while !reader.isAtEnd {
                    var pair = try reader.enter(BERTag.sequence)
                    let length = try pair.arcs(into: UnsafeMutableBufferPointer(rebasing: memory[filled...]))
                    let start = UInt32(clamping: filled)
                    entries.append(Entry(value: try pair.value(), length: UInt16(clamping: length), start: start))
                    filled += length
                }
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
    }

    package mutating func append(_ bind: VarBind) {
        append(bind.oid.arcs, bind.value)
    }

    /// As pairs of a name and a value.
    func write(to writer: inout BERWriter) {
        for place in indices.reversed() {
            let mark = writer.count
            writer.value(entries[place].value)
            writer.oid(name(at: place))
            writer.wrap(BERTag.sequence, since: mark)
        }
    }

    private mutating func append(_ name: some Collection<UInt32>, _ value: SNMPValue) {
        entries.append(Entry(value: value, length: UInt16(clamping: name.count), start: UInt32(clamping: arcs.count)))
        arcs.append(contentsOf: name)
    }

    package mutating func append(contentsOf more: VarBindList) {
        let (count, start) = (entries.count, UInt32(clamping: arcs.count))
        arcs.append(contentsOf: more.arcs)
        entries.append(contentsOf: more.entries)
        for index in count..<entries.count { entries[index].start += start }
    }

    package func value(at place: Int) -> SNMPValue { entries[place].value }

    /// How many arcs the name has.
    package func length(at place: Int) -> Int { Int(entries[place].length) }

    /// An arc of the name, counted from 0.
    package func arc(_ number: Int, at place: Int) -> UInt32 { arcs[Int(entries[place].start) + number] }

    /// The arcs of the name after the first `count`; none when there are no more.
    package func suffix(after count: Int, at place: Int) -> [UInt32] { Array(name(at: place).dropFirst(count)) }

    private func name(at place: Int) -> ArraySlice<UInt32> { arcs[Int(entries[place].start)..<entries[place].end] }

    /// Those that are there; see `SNMPValue.isPresent`.
    package var present: VarBindList {
        guard !entries.allSatisfy(\.value.isPresent) else { return self }
        var present = VarBindList()
        for (place, entry) in entries.enumerated() where entry.value.isPresent {
            present.append(name(at: place), entry.value)
        }
        return present
    }
}

extension VarBindList: RandomAccessCollection, Hashable, ExpressibleByArrayLiteral {
    package var startIndex: Int { 0 }
    package var endIndex: Int { entries.count }

    package subscript(place: Int) -> VarBind { VarBind(OID(Array(name(at: place))), entries[place].value) }

    package init(arrayLiteral elements: VarBind...) {
        self.init(elements)
    }

    package static func == (left: VarBindList, right: VarBindList) -> Bool { left.elementsEqual(right) }

    package func hash(into hasher: inout Hasher) {
        for bind in self { hasher.combine(bind) }
    }
}

/// The order of names.
extension VarBindList {
    /// Whether each name comes after the one before.
    package var isAscending: Bool {
        withNames { names in
            for place in 1..<Swift.max(1, entries.count) where !names(place - 1).precedes(names(place)) { return false }
            return true
        }
    }

    /// Whether the name at `place` is `root` or lies below it.
    package func isWithin(_ root: OID, at place: Int) -> Bool {
        withNames { names in
            root.arcs.withUnsafeBufferPointer { names(place).starts(with: $0) }
        }
    }

    /// Whether the name at `place` comes after `oid`.
    package func isAfter(_ oid: OID, at place: Int) -> Bool {
        withNames { names in
            oid.arcs.withUnsafeBufferPointer { $0.precedes(names(place)) }
        }
    }

    /// Sorted by name; of those with the same name the one that came first.
    package func sorted() -> VarBindList {
        guard !isAscending else { return self }
        let places = withNames { names in
            // The place decides between equals.
            indices.sorted { left, right in
                let (first, second) = (names(left), names(right))
                return first.precedes(second) || (!second.precedes(first) && left < right)
            }
        }
        var sorted = VarBindList()
        for place in places where sorted.isEmpty || sorted.name(at: sorted.count - 1) != name(at: place) {
            sorted.append(name(at: place), entries[place].value)
        }
        return sorted
    }

    /// Where `oid` is or would be, in a list that is sorted.
    package func firstPlace(notBefore oid: OID) -> Int {
        withNames { names in
            oid.arcs.withUnsafeBufferPointer { wanted in
                var (low, high) = (0, entries.count)
                while low < high {
                    let middle = low + (high - low) / 2
                    if names(middle).precedes(wanted) { low = middle + 1 } else { high = middle }
                }
                return low
            }
        }
    }

    /// Lends the arcs of every name by its place: to take them out of the array for each comparison would count, twice.
    @inline(__always)
    private func withNames<Result>(_ body: ((Int) -> UnsafeBufferPointer<UInt32>) -> Result) -> Result {
        arcs.withUnsafeBufferPointer { arcs in
            entries.withUnsafeBufferPointer { entries in
                body { place in
                    UnsafeBufferPointer(rebasing: arcs[Int(entries[place].start)..<entries[place].end])
                }
            }
        }
    }
}

extension UnsafeBufferPointer<UInt32> {
    /// Whether these arcs come before others: by the first that differs, else the shorter.
    @inline(__always)
    func precedes(_ other: UnsafeBufferPointer<UInt32>) -> Bool {
        for place in 0..<Swift.min(count, other.count) where self[place] != other[place] {
            return self[place] < other[place]
        }
        return count < other.count
    }
}
