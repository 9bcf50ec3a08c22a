/// Keeps a spreadsheet from running what is data: a cell that begins like a formula gets an apostrophe in front.
///
/// Cells that have apostrophes before such a beginning already get one more, so that taking one away on reading gives
/// back exactly what was there.
enum FormulaGuard {
    static let apostrophe = UInt8(ascii: "'")

    static func added(to cell: [UInt8]) -> [UInt8] {
        isFormula(cell.drop { $0 == apostrophe }) ? [apostrophe] + cell : cell
    }

    static func removed(from cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard cell.first == apostrophe, isFormula(cell.drop { $0 == apostrophe }) else { return cell }
        return cell.dropFirst()
    }

    private static func isFormula(_ cell: ArraySlice<UInt8>) -> Bool {
        switch cell.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            true
        default: false
        }
    }
}
