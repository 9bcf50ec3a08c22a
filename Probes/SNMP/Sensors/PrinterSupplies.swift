package import SNMP

/// What a printer has left, by Printer-MIB (RFC 3805).
package enum PrinterSupplies {
    package static let table: OID = [1, 3, 6, 1, 2, 1, 43, 11, 1, 1]
    package static let pages: OID = [1, 3, 6, 1, 2, 1, 43, 10, 2, 1, 4]

    package static func measurements(_ snapshot: Snapshot) -> [Measurement] {
        var found: [Measurement] = snapshot.rows(table).compactMap { row in
            guard let name = row.text(6), let most = row.number(8), most > 0, let level = row.number(9) else {
                return nil
            }
            // prtMarkerSuppliesLevel: -1 other, -2 unknown, -3 some left. Of a receptacle the class is 4: filled.
            guard level >= 0, level <= most else { return nil }
            let isReceptacle = row.whole(4) == 4
            return Measurement(.supply, name, isReceptacle ? 1 - level / most : level / most)
        }
        if let count = snapshot.column(pages).first?.value.number, count >= 0 {
            found.append(Measurement(.pages, "", count))
        }
        return found
    }
}
