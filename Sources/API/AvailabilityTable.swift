import Detection
import Inventory
package import NIOCore
import Vocabulary

/// A report as a sheet: seconds with every digit there is, so that they add up in a spreadsheet, too.
package enum AvailabilityTable {
    /// In the order of the columns.
    static let kinds: [(kind: Timeline.Kind, name: String)] = [
        (.up, "up"), (.degraded, "degraded"), (.down, "down"), (.unknown, "unknown"), (.maintenance, "maintenance"),
        (.outsideHours, "outside_hours"), (.unwatched, "unwatched"),
    ]

    package static func csv(_ report: AvailabilityReport) -> ByteBuffer {
        var sheet = SheetWriter()
        sheet.add(
            ["month", report.grouping.rawValue, "title", "assets", "available_percent"]
                + kinds.map { "\($0.name)_seconds" } + ["total_seconds", "revised_seconds"])
        for row in report.rows { sheet.add(cells(row, report)) }
        return ByteBuffer(bytes: sheet.bytes)
    }

    private static func cells(_ row: AvailabilityReport.Row, _ report: AvailabilityReport) -> [String] {
        let times = row.availability
        return [
            report.month.description, row.name, row.title, "\(row.assets)", times.ratio.map(percent) ?? "",
        ] + kinds.map { seconds(times[$0.kind]) } + [seconds(times.total), seconds(times.revised)]
    }

    /// Three decimals, rounded down: what failed for a second in a month was not there all of it.
    package static func percent(_ ratio: Double) -> String {
        let thousandths = Int((ratio * 100_000).rounded(.down))
        let rest = "\(thousandths % 1000)"
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    private static func seconds(_ span: Duration) -> String {
        let microseconds = span.wholeMicroseconds
        var rest = "\(microseconds % 1_000_000)"
        rest = String(repeating: "0", count: 6 - rest.count) + rest
        while rest.hasSuffix("0") { rest.removeLast() }
        return "\(microseconds / 1_000_000)" + (rest.isEmpty ? "" : ".\(rest)")
    }
}
