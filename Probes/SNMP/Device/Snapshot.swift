package import SNMP

/// The variables that one run read of a device, in order, to be looked up by name or by table.
package struct Snapshot: Hashable, Sendable {
    package private(set) var binds = VarBindList()
    private var isSorted = true

    package init(_ binds: VarBindList = []) {
        add(binds)
    }

    package mutating func add(_ more: VarBindList) {
        isSorted = false
        binds.append(contentsOf: more.present)
    }

    /// Puts what was added in its place; to be called before anything is looked up.
    package mutating func settle() {
        guard !isSorted else { return }
        binds = binds.sorted()
        isSorted = true
    }

    /// The value of exactly that variable.
    package subscript(oid: OID) -> SNMPValue? {
        let place = binds.firstPlace(notBefore: oid)
        let isThere = place < binds.count && binds.length(at: place) == oid.count && binds.isWithin(oid, at: place)
        return isThere ? binds.value(at: place) : nil
    }

    /// All variables within a subtree, in order.
    package func within(_ root: OID) -> Slice<VarBindList> { binds[places(within: root)] }

    private func places(within root: OID) -> Range<Int> {
        let start = binds.firstPlace(notBefore: root)
        let end = root.next.map { binds.firstPlace(notBefore: $0) } ?? binds.count
        return start..<max(start, end)
    }

    /// The cells of a column, each with its row's index.
    package func column(_ oid: OID) -> [(index: [UInt32], value: SNMPValue)] {
        places(within: oid).filter { binds.length(at: $0) > oid.count }.map { place in
            (binds.suffix(after: oid.count, at: place), binds.value(at: place))
        }
    }

    /// The rows of a table (its entry's OID), in the order of their index.
    package func rows(_ entry: OID) -> [Row] {
        var rows: [[UInt32]: Row] = [:]
        for place in places(within: entry) where binds.length(at: place) > entry.count + 1 {
            let index = binds.suffix(after: entry.count + 1, at: place)
            rows[index, default: Row(index: index)].cells[binds.arc(entry.count, at: place)] = binds.value(at: place)
        }
        return rows.values.sorted { $0.index.lexicographicallyPrecedes($1.index) }
    }

    /// One row of a table: its index and its cells by column.
    package struct Row: Sendable {
        package var index: [UInt32]
        package var cells: [UInt32: SNMPValue] = [:]

        package subscript(column: UInt32) -> SNMPValue? { cells[column] }
        package func text(_ column: UInt32) -> String? { cells[column]?.text }
        package func number(_ column: UInt32) -> Double? { cells[column]?.number }
        package func whole(_ column: UInt32) -> Int64? { cells[column]?.whole }
    }
}

extension SNMPValue {
    /// The value as a person reads it: text without what surrounds it, bytes that are no text as `00:1b:2c`, numbers in
    /// decimal; nil when nothing is left.
    package var text: String? {
        switch self {
        case .octets(let bytes): return Self.text(bytes)
        case .integer(let value): return String(value)
        case .counter32(let value), .gauge32(let value), .timeTicks(let value): return String(value)
        case .counter64(let value): return String(value)
        case .float(let value): return value.description
        case .double(let value): return value.description
        case .oid(let oid): return oid.description
        case .ipAddress(let bits):
            return "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
        case .opaque(let bytes): return bytes.isEmpty ? nil : Self.colons(bytes)
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: return nil
        }
    }

    /// Six or eight bytes as a hardware address; nil for others and for all zeros.
    package var hardwareAddress: String? {
        guard case .octets(let bytes) = self, bytes.count == 6 || bytes.count == 8, bytes.contains(where: { $0 != 0 })
        else { return nil }
        return Self.colons(bytes)
    }

    package static func colons(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined(separator: ":")
    }

    private static func text(_ bytes: [UInt8]) -> String? {
        var bytes = bytes[...]
        while let last = bytes.last, last == 0 || last == 0xff || last == 0x20 || (9...13).contains(last) {
            bytes = bytes.dropLast()
        }
        while let first = bytes.first, first == 0 || first == 0x20 || (9...13).contains(first) {
            bytes = bytes.dropFirst()
        }
        guard !bytes.isEmpty else { return nil }
        if let text = String(validating: bytes, as: UTF8.self) {
            let isText = bytes.allSatisfy { $0 >= 0x20 || (9...13).contains($0) }
            return isText ? text : colons(bytes)
        }
        // Old agents write Latin-1; what has control characters, too, is no text.
        let isLatin = bytes.allSatisfy { ($0 >= 0x20 && !(0x7f...0x9f).contains($0)) || (9...13).contains($0) }
        guard isLatin else { return colons(bytes) }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
