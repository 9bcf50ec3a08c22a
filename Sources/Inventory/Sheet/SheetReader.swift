/// Reads a sheet as RFC 4180 has it and as spreadsheets write it; bytes in, rows out, and never a trap.
package enum SheetReader {
    /// The sheet; what is wrong with single rows stands with them.
    ///
    /// - Throws: `SheetFault` where the whole cannot be read.
    package static func read(_ bytes: [UInt8]) throws(SheetFault) -> Sheet {
        guard bytes.count <= Sheet.Limit.bytes else {
            throw whole("the file has \(bytes.count) bytes, \(Sheet.Limit.bytes) at most")
        }
        let encoding = SheetEncoding.detected(in: bytes)
        let text = encoding.unmarked(bytes)
        let delimiter = SheetDelimiter.detected(in: text)
        var scanner = SheetScanner(text, delimiter: delimiter)
        var heading: SheetRow?
        var rows: [SheetRow] = []
        var count = 0
        while let row = scanner.next() {
            count += 1
            guard count <= Sheet.Limit.rows + 1 else {
                throw SheetFault(
                    row: row.row, line: row.line, column: 0,
                    problem: "there are more than \(Sheet.Limit.rows) rows; split the file")
            }
            if row.isBlank { continue }
            if heading == nil {
                heading = try checked(heading: row)
            } else {
                rows.append(row)
            }
        }
        guard let heading else { throw whole("the file is empty: there is not even a row of headings") }
        return Sheet(encoding: encoding, delimiter: delimiter, heading: heading, rows: rows)
    }

    /// Headings that cannot be read leave nothing to go by.
    private static func checked(heading: SheetRow) throws(SheetFault) -> SheetRow {
        if let fault = heading.faults.first { throw fault }
        var heading = heading
        heading.cells = heading.cells.map(\.oneLine)
        while heading.cells.last?.isEmpty == true { heading.cells.removeLast() }
        return heading
    }

    private static func whole(_ problem: String) -> SheetFault {
        SheetFault(row: 0, line: 0, column: 0, problem: problem)
    }
}

extension String {
    /// With blanks for line breaks and tabs, and none around: what people break for looks within a cell.
    package var oneLine: String {
        guard utf8.contains(where: { $0 < 32 }) else { return trimmedBlanks }
        let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\t"]
        var line = ""
        var isAfterBreak = false
        for scalar in unicodeScalars {
            if breaks.contains(scalar) {
                isAfterBreak = true
            } else {
                if isAfterBreak, !line.isEmpty, !line.hasSuffix(" "), scalar != " " { line.append(" ") }
                isAfterBreak = false
                line.unicodeScalars.append(scalar)
            }
        }
        return line.trimmedBlanks
    }
}
