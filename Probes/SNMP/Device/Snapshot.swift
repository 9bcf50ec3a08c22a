package import SNMP

/// The variables that one run read of a device, in order, to be looked up by name or by table.
package struct Snapshot: Hashable, Sendable {
    package private(set) var binds: [VarBind] = []
    private var isSorted = true

    package init(_ binds: [VarBind] = []) {
        add(binds)
    }

    package mutating func add(_ more: [VarBind]) {
        isSorted = false
        // Most often all there is, and all of it there.
        if binds.isEmpty, more.allSatisfy({ $0.value.isPresent }) {
            binds = more
        } else {
            for bind in more where bind.value.isPresent { binds.append(bind) }
        }
    }

    /// Puts what was added in its place; to be called before anything is looked up.
    package mutating func settle() {
        guard !isSorted else { return }
        if !isInOrder {
            binds.sort { $0.oid < $1.oid }
            var kept: [VarBind] = []
            kept.reserveCapacity(binds.count)
            for bind in binds where kept.last?.oid != bind.oid { kept.append(bind) }
            binds = kept
        }
        isSorted = true
    }

    private var isInOrder: Bool {
        for index in 1..<max(1, binds.count) where !(binds[index - 1].oid < binds[index].oid) { return false }
        return true
    }

    /// The value of exactly that variable.
    package subscript(oid: OID) -> SNMPValue? {
        let place = firstPlace(notBefore: oid)
        guard place < binds.count, binds[place].oid == oid else { return nil }
        return binds[place].value
    }

    /// All variables within a subtree, in order.
    package func within(_ root: OID) -> ArraySlice<VarBind> {
        let start = firstPlace(notBefore: root)
        let end = root.next.map { firstPlace(notBefore: $0) } ?? binds.count
        return binds[start..<max(start, end)]
    }

    /// The cells of a column, each with its row's index.
    package func column(_ oid: OID) -> [(index: [UInt32], value: SNMPValue)] {
        within(oid).compactMap { bind in
            guard bind.oid.count > oid.count else { return nil }
            return (Array(bind.oid.arcs[oid.count...]), bind.value)
        }
    }

    /// The rows of a table (its entry's OID), in the order of their index.
    package func rows(_ entry: OID) -> [Row] {
        var rows: [[UInt32]: Row] = [:]
        for bind in within(entry) where bind.oid.count > entry.count + 1 {
            let index = Array(bind.oid.arcs[(entry.count + 1)...])
            rows[index, default: Row(index: index)].cells[bind.oid.arcs[entry.count]] = bind.value
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

    private func firstPlace(notBefore oid: OID) -> Int {
        var (low, high) = (0, binds.count)
        while low < high {
            let middle = low + (high - low) / 2
            if binds[middle].oid < oid { low = middle + 1 } else { high = middle }
        }
        return low
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
