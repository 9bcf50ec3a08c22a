/// What the collector says of a sheet.
struct SheetReport: Decodable {
    struct Column: Decodable {
        var column: Int
        var heading: String
        var holds: String?
    }

    struct Counts: Decodable {
        var create: Int
        var update: Int
        var same: Int
        var bad: Int
    }

    struct Change: Decodable {
        var row: Int
        var name: String
        var action: String
        var fields: [String]
    }

    struct Fault: Decodable {
        var row: Int
        var column: Int
        var heading: String
        var value: String
        var problem: String
    }

    var encoding: String
    var delimiter: String
    var rows: Int
    var columns: [Column]
    var counts: Counts
    var changes: [Change]
    var errors: [Fault]
    var errorCount: Int
    var headingErrors: Int
    var applied: Bool
    var badRows: String?

    /// As many as fit on a screen; --json has more.
    private static let mostChanges = 10
    private static let mostErrors = 50

    func text(file: String) -> String {
        ["\(file): \(encoding), delimiter \(delimiter), \(rows) rows", mapping, preview, faults, total]
            .filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var mapping: String {
        var table = Table(["COLUMN", "HEADING", "HOLDS"])
        let unclear = Set(errors.prefix(headingErrors).map(\.column))
        for column in columns {
            let holds = unclear.contains(column.column) ? "?" : column.holds ?? "left out"
            table.add(["\(column.column)", column.heading, holds])
        }
        return table.text
    }

    private var preview: String {
        var lines = changes.prefix(Self.mostChanges).flatMap { change in
            ["\(change.action == "create" ? "+" : "~") row \(change.row): \(change.name)"]
                + change.fields.map { "    \($0)" }
        }
        let more = counts.create + counts.update - min(changes.count, Self.mostChanges)
        if more > 0 { lines.append("… and \(more) more") }
        return lines.joined(separator: "\n")
    }

    private var faults: String {
        guard !errors.isEmpty else { return "" }
        var table = Table(["ROW", "COLUMN", "HEADING", "PROBLEM"])
        for fault in errors.prefix(Self.mostErrors) {
            table.add(["\(fault.row)", fault.column > 0 ? "\(fault.column)" : "-", fault.heading, fault.problem])
        }
        return table.text + (errorCount > Self.mostErrors ? "\n… and \(errorCount - Self.mostErrors) more" : "")
    }

    private var total: String {
        "\(counts.create) new, \(counts.update) changed, \(counts.same) as they were, \(counts.bad) bad rows"
            + (errorCount > 0 ? " with \(errorCount) errors" : "")
    }
}
