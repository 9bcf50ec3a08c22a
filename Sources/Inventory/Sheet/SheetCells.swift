/// The cells of one row by what they hold, with the faults found in them so far.
struct SheetCells {
    struct Cell {
        var entry: ColumnMapping.Column
        var text: String
    }

    let row: SheetRow
    private(set) var faults: [SheetFault]
    private let mapping: ColumnMapping
    /// Columns that could not be read: nothing more is said of them.
    private let broken: Set<Int>

    init(_ row: SheetRow, mapping: ColumnMapping) {
        self.row = row
        self.mapping = mapping
        broken = Set(row.faults.map(\.column))
        faults = row.faults.map { fault in
            var fault = fault
            if mapping.entries.indices.contains(fault.column - 1) {
                fault.heading = mapping.entries[fault.column - 1].heading
            }
            return fault
        }
        for (index, cell) in row.cells.enumerated() where !cell.trimmedBlanks.isEmpty {
            let (column, isWithin) = (index + 1, index < mapping.entries.count)
            guard !broken.contains(column), !isWithin || mapping.entries[index].heading.isEmpty else { continue }
            faults.append(
                SheetFault(
                    row: row.row, line: row.line, column: column, value: cell,
                    problem: isWithin
                        ? "this stands under no heading"
                        : "the row has more cells than there are headings (\(mapping.entries.count))"))
            if !isWithin { break }
        }
    }

    /// The cell of a column that the sheet has and that could be read; its text may be empty.
    func cell(_ field: SheetColumn) -> Cell? {
        guard let entry = mapping.entry(of: field), !broken.contains(entry.column) else { return nil }
        let index = entry.column - 1
        return Cell(entry: entry, text: index < row.cells.count ? row.cells[index].oneLine : "")
    }

    func filled(_ field: SheetColumn) -> Cell? {
        cell(field).flatMap { $0.text.isEmpty ? nil : $0 }
    }

    func isBroken(_ field: SheetColumn) -> Bool {
        mapping.entry(of: field).map { broken.contains($0.column) } ?? false
    }

    /// Notes a fault at a column; at the row as a whole when the sheet has no such column.
    mutating func fail(_ field: SheetColumn, _ problem: String) {
        let cell = cell(field)
        faults.append(
            SheetFault(
                row: row.row, line: row.line, column: cell?.entry.column ?? 0,
                heading: cell?.entry.heading ?? field.word, value: cell?.text ?? "", problem: problem))
    }

    func hasFault(at field: SheetColumn) -> Bool {
        mapping.entry(of: field).map { entry in faults.contains { $0.column == entry.column } } ?? false
    }
}
