import Inventory
import Resources

/// What the API says of a sheet: how it was read, what it changes, and what is wrong with it.
package struct SheetReport: Codable, Sendable {
    package struct Column: Codable, Sendable {
        package var column: Int
        package var heading: String
        /// What it holds; absent when it is left out.
        package var holds: String?
    }

    package struct Counts: Codable, Sendable {
        package var create = 0
        package var update = 0
        package var same = 0
        package var bad = 0
    }

    package struct Change: Codable, Sendable {
        package var row: Int
        package var name: String
        /// `create` or `update`.
        package var action: String
        /// `field: value` of a new asset, `field: old → new` of a known one.
        package var fields: [String]
    }

    package struct Fault: Codable, Sendable {
        package var row: Int
        package var line: Int
        /// 0 where it is the row as a whole.
        package var column: Int
        package var heading: String
        package var value: String
        package var problem: String
    }

    /// As many of each as a person looks at; the counts are of all.
    package static let mostChanges = 100
    package static let mostErrors = 1000

    package var encoding: String
    package var delimiter: String
    package var rows: Int
    package var columns: [Column]
    package var counts = Counts()
    package var changes: [Change] = []
    package var errors: [Fault]
    package var errorCount: Int
    /// How many of them are of the headings: while there are any, not even good rows go in.
    package var headingErrors: Int
    /// Whether anything was written.
    package var applied = false
    /// The bad rows as a sheet of their own, where it was asked for.
    package var badRows: String?

    init(_ taken: SheetImport, plan: ApplyPlan) {
        encoding = taken.sheet.encoding.rawValue
        delimiter = taken.sheet.delimiter.word
        rows = taken.rows.count
        columns = taken.mapping.entries.map { Column(column: $0.column, heading: $0.heading, holds: $0.field?.word) }
        let faults = taken.faults
        errorCount = faults.count
        headingErrors = taken.mapping.faults.count
        errors = faults.prefix(Self.mostErrors).map { fault in
            Fault(
                row: fault.row, line: fault.line, column: fault.column, heading: fault.heading, value: fault.value,
                problem: fault.problem)
        }
        let planned = Dictionary(plan.changes.map { ($0.name, $0.fields) }) { first, _ in first }
        for row in taken.rows {
            if !row.isGood {
                counts.bad += 1
                continue
            }
            if row.isSame {
                counts.same += 1
                continue
            }
            if row.isNew { counts.create += 1 } else { counts.update += 1 }
            guard changes.count < Self.mostChanges else { continue }
            let fields = row.isNew ? row.asset.words : planned[row.asset.name] ?? []
            changes.append(
                Change(
                    row: row.source.row, name: row.asset.name, action: row.isNew ? "create" : "update", fields: fields))
        }
    }
}

extension SheetAsset {
    fileprivate var words: [String] {
        SheetColumn.all.dropFirst().compactMap { column in
            let value = self[column]
            return value.isEmpty ? nil : "\(column.word): \(value)"
        }
    }
}
