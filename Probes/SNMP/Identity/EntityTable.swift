package import SNMP

/// The parts of a device as ENTITY-MIB (RFC 6933) lists them, and which of them is the device itself.
package struct EntityTable: Sendable {
    package static let entry: OID = [1, 3, 6, 1, 2, 1, 47, 1, 1, 1, 1]

    package struct Part: Sendable {
        package var index: UInt32
        package var container: Int64?
        /// entPhysicalClass: 3 chassis, 6 power supply, 7 fan, 8 sensor, 9 module, 10 port, 11 stack.
        package var kind: Int64?
        package var properties: [Family.EntityProperty: String] = [:]
    }

    package let parts: [Part]

    package init(_ snapshot: Snapshot) {
        parts = snapshot.rows(Self.entry).compactMap { row in
            guard let index = row.index.first, row.index.count == 1 else { return nil }
            var part = Part(index: index, container: row.whole(4), kind: row.whole(5))
            let columns: [(Family.EntityProperty, UInt32)] = [
                (.description, 2), (.name, 7), (.hardware, 8), (.firmware, 9), (.software, 10), (.serial, 11),
                (.model, 13),
            ]
            for (property, column) in columns { part.properties[property] = row.text(column) }
            return part
        }
    }

    /// The parts that can speak for the whole, the best first: a chassis that nothing contains, any chassis, a stack, and
    /// whatever nothing contains.
    package var candidates: [Part] {
        func rank(_ part: Part) -> Int {
            let isOutermost = part.container.map { $0 == 0 } ?? true
            switch part.kind {
            case 3: return isOutermost ? 0 : 1
            case 11: return 2
            default: return isOutermost ? 3 : 9
            }
        }
        var ranked = parts.map { (rank: rank($0), part: $0) }.filter { $0.rank < 9 }
        ranked.sort { ($0.rank, $0.part.index) < ($1.rank, $1.part.index) }
        return ranked.map(\.part)
    }

    /// What the first candidate that says anything of it says.
    package subscript(property: Family.EntityProperty) -> String? {
        candidates.lazy.compactMap { $0.properties[property] }.first
    }
}
