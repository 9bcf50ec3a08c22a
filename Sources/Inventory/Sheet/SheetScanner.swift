/// Cuts UTF-8 into rows of cells, one row at a time.
struct SheetScanner {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var at = 0
    private var line = 1
    private var row = 0

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ bytes: [UInt8], delimiter: SheetDelimiter) {
        self.bytes = bytes
        self.delimiter = delimiter.rawValue
    }

    /// The next row; nil at the end. A line end after the last row begins no further one.
    mutating func next() -> SheetRow? {
        guard at < bytes.count else { return nil }
        row += 1
        var result = SheetRow(row: row, line: line, cells: [])
        var column = 0
        while true {
            column += 1
            let begins = line
            var problem: String?
            let raw = cell(&problem)
            if column <= Sheet.Limit.columns {
                result.cells.append(text(raw, &problem))
            } else if column == Sheet.Limit.columns + 1 {
                problem = "the row has more than \(Sheet.Limit.columns) columns"
            } else {
                problem = nil
            }
            if let problem {
                let value = column <= Sheet.Limit.columns ? result.cells[column - 1] : ""
                result.faults.append(
                    SheetFault(row: row, line: begins, column: column, value: value, problem: problem))
            }
            guard at < bytes.count else { return result }
            if bytes[at] == delimiter {
                at += 1
                continue
            }
            skipLineEnd()
            return result
        }
    }

    /// The bytes of a cell without its quotes; stands at the delimiter or line end after it, or at the end.
    private mutating func cell(_ problem: inout String?) -> ArraySlice<UInt8> {
        guard at < bytes.count, bytes[at] == Self.quote else { return plain() }
        let begins = line
        at += 1
        var start = at
        // What came before `start`, when a doubled quote broke the cell into parts.
        var parts: [UInt8] = []
        while at < bytes.count {
            guard bytes[at] == Self.quote else {
                passByte()
                continue
            }
            if at + 1 < bytes.count, bytes[at + 1] == Self.quote {
                // The first of the two belongs to the cell.
                parts += bytes[start...at]
                at += 2
                start = at
                continue
            }
            let inner = bytes[start..<at]
            at += 1
            let rest = plain()
            if !rest.isEmpty {
                problem = "something stands after the closing quote; a quote within a cell is written twice"
            }
            return parts.isEmpty && rest.isEmpty ? inner : (parts + inner + rest)[...]
        }
        problem = "the quote that opens in line \(begins) is never closed, so the rest of the file is this cell"
        return (parts + bytes[start...])[...]
    }

    private mutating func plain() -> ArraySlice<UInt8> {
        let start = at
        while at < bytes.count, bytes[at] != delimiter, bytes[at] != Self.newline, bytes[at] != Self.carriageReturn {
            at += 1
        }
        return bytes[start..<at]
    }

    /// One byte on, within quotes; CR LF is one line end.
    private mutating func passByte() {
        let byte = bytes[at]
        at += 1
        if byte == Self.newline {
            line += 1
        } else if byte == Self.carriageReturn, at >= bytes.count || bytes[at] != Self.newline {
            line += 1
        }
    }

    private mutating func skipLineEnd() {
        if bytes[at] == Self.carriageReturn, at + 1 < bytes.count, bytes[at + 1] == Self.newline { at += 1 }
        at += 1
        line += 1
    }

    /// The cell as text, without the guard against formulas.
    private func text(_ raw: ArraySlice<UInt8>, _ problem: inout String?) -> String {
        let raw = FormulaGuard.removed(from: raw)
        if problem == nil, raw.count > Sheet.Limit.cell {
            problem = "the cell has \(raw.count) bytes, \(Sheet.Limit.cell) at most"
        }
        if problem == nil, raw.contains(0) {
            problem = "the cell holds a NUL; is this UTF-16 without its mark? Save it as \"CSV UTF-8\""
        }
        if let text = String(validating: raw, as: UTF8.self) { return text }
        problem = problem ?? "the cell is not UTF-8; save the file as \"CSV UTF-8\""
        return String(decoding: raw, as: UTF8.self)
    }
}
