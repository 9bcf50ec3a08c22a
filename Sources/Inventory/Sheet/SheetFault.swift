/// What is wrong with one cell, one row or the heading of a sheet, and where.
package struct SheetFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// As a spreadsheet numbers it: the first row is 1; 0 when it is the sheet as a whole.
    package var row: Int
    /// As an editor numbers it: cells may hold line breaks.
    package var line: Int
    /// From 1; 0 when no column can be named.
    package var column: Int
    package var heading: String
    /// What stands there, cut short.
    package var value: String
    /// One sentence without its subject, which is the place.
    package var problem: String

    package init(row: Int, line: Int, column: Int, heading: String = "", value: String = "", problem: String) {
        self.row = row
        self.line = line
        self.column = column
        self.heading = heading.printable
        self.value = String(value.prefix(80)).printable
        self.problem = problem.printable
    }

    package var description: String {
        guard row > 0 else { return problem }
        guard column > 0 else {
            return heading.isEmpty ? "row \(row): \(problem)" : "row \(row), \(heading): \(problem)"
        }
        return "row \(row), column \(column)\(heading.isEmpty ? "" : " (\(heading))"): \(problem)"
    }
}

extension String {
    /// Without control characters: what stands in a file must not steer the terminal that shows it.
    fileprivate var printable: String {
        guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
        var shown = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            shown.append(scalar.properties.generalCategory == .control ? "\u{fffd}" : scalar)
        }
        return String(shown)
    }
}
