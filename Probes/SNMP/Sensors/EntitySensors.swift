package import SNMP

/// The sensors of ENTITY-SENSOR-MIB (RFC 3433) and of Cisco's older table of the same shape.
package enum EntitySensors {
    package static let table: OID = [1, 3, 6, 1, 2, 1, 99, 1, 1, 1]
    package static let ciscoTable: OID = [1, 3, 6, 1, 4, 1, 9, 9, 91, 1, 1, 1, 1]

    package static func measurements(_ snapshot: Snapshot) -> [Measurement] {
        let standard = snapshot.rows(table)
        let rows = standard.isEmpty ? snapshot.rows(ciscoTable) : standard
        return rows.compactMap { row in
            guard let index = row.index.first, row.index.count == 1 else { return nil }
            // entPhySensorOperStatus: 1 ok, 2 unavailable, 3 nonoperational.
            let status = row.whole(5) ?? 1
            guard status != 2, let type = row.whole(1), let value = value(row) else { return nil }
            let name = name(index, snapshot)
            if type == 12 {
                // A truth value: 1 true, 2 false; which of them is well is the maker's own.
                return nil
            }
            guard let (quantity, factor) = quantity(of: type) else { return nil }
            return Measurement(
                quantity, name, value * factor, trouble: status == 3 ? "nonoperational" : nil)
        }
    }

    /// The value in base units: entPhySensorScale is a power of ten (1 yocto … 9 units … 17 yotta), and
    /// entPhySensorPrecision the digits after the point.
    private static func value(_ row: Snapshot.Row) -> Double? {
        guard let number = row.number(4), abs(number) < 1e9 else { return nil }
        let scale = min(17, max(1, row.whole(2) ?? 9))
        let precision = min(9, max(-8, row.whole(3) ?? 0))
        var exponent = Int(scale - 9) * 3
        // exa and peta stand in the wrong order in the MIB.
        if scale == 14 { exponent = 18 }
        if scale == 15 { exponent = 15 }
        return number * power(of: exponent - Int(precision))
    }

    private static func power(of exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<min(40, abs(exponent)) { result *= exponent < 0 ? 0.1 : 10 }
        return result
    }

    private static func quantity(of type: Int64) -> (Measurement.Quantity, Double)? {
        switch type {
        case 3, 4: (.voltage, 1)
        case 5: (.current, 1)
        case 6: (.power, 1)
        case 7: (.frequency, 1)
        case 8: (.temperature, 1)
        case 9: (.humidity, 0.01)
        case 10: (.fan, 1)
        // Cisco's.
        case 14: (.opticalPower, 1)
        default: nil
        }
    }

    private static func name(_ index: UInt32, _ snapshot: Snapshot) -> String {
        let name = snapshot[EntityTable.entry + [7, index]]?.text
        let description = snapshot[EntityTable.entry + [2, index]]?.text
        return name ?? description ?? String(index)
    }
}
