/// Which column of a sheet holds what.
package struct ColumnMapping: Hashable, Sendable {
    /// One column of the sheet, from 1.
    package struct Column: Hashable, Sendable {
        package var column: Int
        package var heading: String
        /// nil when the column is left out.
        package var field: SheetColumn?
    }

    package private(set) var entries: [Column] = []
    /// What is wrong with the headings or with the choices; such a sheet is not taken in.
    package private(set) var faults: [SheetFault] = []

    /// The heading of the column of problems in a file of bad rows: it comes back with the mended file.
    package static let problemHeading = "problem"

    /// Headings are known by what people write; a choice wins over that.
    package init(heading: SheetRow, choices: [ColumnChoice] = []) {
        var open = Set(choices)
        var taken: [SheetColumn: Column] = [:]
        for (index, text) in heading.cells.enumerated() {
            var entry = Column(column: index + 1, heading: text)
            if let choice = Self.choice(for: text, in: choices) {
                open.remove(choice)
                entry.field = choice.field
            } else if let field = SheetColumn(heading: text) {
                entry.field = field
            } else if !text.isEmpty, text != Self.problemHeading {
                fail(
                    heading, entry,
                    "no column is known by this heading; say what it holds with --map \"\(text)=COLUMN\", "
                        + "or leave it out with --map \"\(text)=-\"")
            }
            if let field = entry.field {
                if let first = taken[field] {
                    fail(
                        heading, entry,
                        "column \(first.column) (\(first.heading)) holds \(field.word) already; leave one out with "
                            + "--map \"\(text)=-\"")
                    entry.field = nil
                } else {
                    taken[field] = entry
                }
            }
            entries.append(entry)
        }
        for choice in choices where open.remove(choice) != nil {
            faults.append(
                SheetFault(
                    row: heading.row, line: heading.line, column: 0, heading: choice.heading,
                    problem: "there is no such heading to map"))
        }
        if taken.isEmpty, faults.isEmpty {
            faults.append(
                SheetFault(row: heading.row, line: heading.line, column: 0, problem: "no column holds anything"))
        }
    }

    package func entry(of field: SheetColumn) -> Column? {
        entries.first { $0.field == field }
    }

    /// Exactly this heading before one that only folds to the same.
    private static func choice(for heading: String, in choices: [ColumnChoice]) -> ColumnChoice? {
        choices.first { $0.heading == heading }
            ?? choices.first { !heading.isEmpty && $0.heading.folded == heading.folded }
    }

    private mutating func fail(_ heading: SheetRow, _ entry: Column, _ problem: String) {
        faults.append(
            SheetFault(
                row: heading.row, line: heading.line, column: entry.column, heading: entry.heading,
                value: entry.heading, problem: problem))
    }
}

/// What a person says of one heading: `Tên cột=code`, or `STT=-` to leave it out.
package struct ColumnChoice: Hashable, Sendable {
    package var heading: String
    package var field: SheetColumn?

    /// - Throws: `SheetFault` in words for the person who wrote it.
    package init(_ text: String) throws(SheetFault) {
        guard let equals = text.lastIndex(of: "=") else {
            throw Self.wrong("\"\(text)\" maps nothing: write HEADING=COLUMN, or HEADING=- to leave it out")
        }
        heading = String(text[..<equals]).oneLine
        let word = String(text[text.index(after: equals)...]).trimmedBlanks
        guard !heading.isEmpty else { throw Self.wrong("\"\(text)\" names no heading in front of the =") }
        guard word != "-" else { return }
        guard let field = SheetColumn(word: word) else {
            let known = SheetColumn.all.map(\.word).joined(separator: ", ")
            throw Self.wrong("\"\(word)\" is no column; known: \(known), or - to leave it out")
        }
        self.field = field
    }

    private static func wrong(_ problem: String) -> SheetFault {
        SheetFault(row: 0, line: 0, column: 0, problem: problem)
    }
}
