import ArgumentParser
import Foundation

/// `haidang availability`: how things served in a month.
struct AvailabilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "availability", abstract: "How assets, sites, units or classes served in a month.",
        discussion: """
            Available = (up + degraded) / (up + degraded + down). Unknown, maintenance and time outside hours count \
            neither way. A site is what the gravest of its assets is; units and classes are their assets together.
            """)

    enum Grouping: String, ExpressibleByArgument, CaseIterable {
        case asset, site, unit
        case assetClass = "class"
    }

    @Option(help: "The month, e.g. 2026-11; without it the one that is running.")
    var month: String?

    @Option(help: "One line an asset, site, unit or class.")
    var by = Grouping.asset

    @Flag(help: "Print a sheet for a spreadsheet instead.")
    var csv = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if csv && output.json { throw ValidationError("either --csv or --json") }
    }

    func run() async throws {
        let query = "?by=\(by.rawValue)" + (month.map { "&month=\($0.inPath)" } ?? "")
        let answer = try await Collector(collector).ask("GET", "availability\(csv ? ".csv" : "")\(query)")
        if csv {
            FileHandle.standardOutput.write(answer)
            return
        }
        if output.json {
            print(answer.text)
            return
        }
        let report = try answer.decoded(as: Report.self)
        guard !report.rows.isEmpty else {
            print("nothing was watched in \(report.month)")
            return
        }
        if !report.isWhole { print("\(report.month) is not over: figures until \(report.until ?? "now")") }
        var table = Table([
            by.rawValue.uppercased(), "AVAILABLE", "UP", "DEGRADED", "DOWN", "UNKNOWN", "MAINTENANCE", "OUTSIDE HOURS",
            "UNWATCHED", "REVISED",
        ])
        for row in report.rows + [report.total] {
            let times = [
                row.up, row.degraded, row.down, row.unknown, row.maintenance, row.outsideHours, row.unwatched,
                row.revised,
            ]
            let share = row.available.map { "\((($0 * 100_000).rounded(.down)) / 1000) %" } ?? "-"
            table.add([row.name.isEmpty ? "all assets" : row.name, share] + times.map(Self.span))
        }
        print(table.text)
    }

    /// Days, hours, minutes and seconds, as far as there are any.
    private static func span(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        guard whole > 0 else { return "-" }
        let parts = [(whole / 86_400, "d"), (whole / 3600 % 24, "h"), (whole / 60 % 60, "m"), (whole % 60, "s")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }

    private struct Report: Decodable {
        var month: String
        var until: String?
        var isWhole: Bool
        var rows: [Row]
        var total: Row
    }

    private struct Row: Decodable {
        var name: String
        var available: Double?
        var up, degraded, down, unknown, maintenance, outsideHours, unwatched, revised: Double
    }
}
