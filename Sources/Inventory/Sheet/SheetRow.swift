/// One row of a sheet: its cells as texts, and what was wrong with reading them.
package struct SheetRow: Hashable, Sendable {
    /// As a spreadsheet numbers it, from 1.
    package var row: Int
    /// Of its first byte, as an editor numbers it, from 1.
    package var line: Int
    package var cells: [String]
    package var faults: [SheetFault] = []

    package var isBlank: Bool {
        faults.isEmpty && cells.allSatisfy { $0.utf8.allSatisfy { $0 == 32 } || $0.trimmedBlanks.isEmpty }
    }
}
