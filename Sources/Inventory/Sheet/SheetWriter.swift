/// Writes a sheet so that a spreadsheet opens it right: UTF-8 with its mark, commas, CR LF, and no formula in it.
package struct SheetWriter {
    package private(set) var bytes: [UInt8] = SheetEncoding.mark

    package init() {}

    package mutating func add(_ cells: [String]) {
        for (column, cell) in cells.enumerated() {
            if column > 0 { bytes.append(SheetDelimiter.comma.rawValue) }
            add(cell)
        }
        // A single empty cell would be no row.
        if cells.count == 1, cells[0].isEmpty { bytes += [Self.quote, Self.quote] }
        bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    private static let quote = UInt8(ascii: "\"")

    private mutating func add(_ cell: String) {
        let cell = FormulaGuard.added(to: Array(cell.utf8))
        // Blanks at the ends are data to us, but not to every program; quotes say so.
        let isBare =
            !cell.contains { $0 == Self.quote || $0 < 0x20 || SheetDelimiter(rawValue: $0) != nil }
            && cell.first != UInt8(ascii: " ") && cell.last != UInt8(ascii: " ")
        if isBare {
            bytes += cell
            return
        }
        bytes.append(Self.quote)
        for byte in cell {
            if byte == Self.quote { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(Self.quote)
    }
}
