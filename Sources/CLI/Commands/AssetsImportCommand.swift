import ArgumentParser
import Foundation

/// `haidang assets import FILE`: takes in what a spreadsheet saved, whole or not at all unless told otherwise.
struct AssetsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in a sheet of assets: CSV as a spreadsheet saves it.",
        discussion: """
            The first row holds the headings; Vietnamese and English ones are known, others are mapped with --map. An \
            asset is found by its name, else by its code, else by its title. A column that is absent leaves what is \
            there, an empty cell clears it. Nothing is changed while any row is bad, unless --good-rows says so.
            """)

    @Argument(help: "The CSV file; - for standard input.")
    var file: String

    @Flag(help: "Only say what would change.")
    var dryRun = false

    @Option(help: ArgumentHelp("What a heading holds: \"Tên cột=code\"; \"STT=-\" leaves it out.", valueName: "map"))
    var map: [String] = []

    @Flag(help: "Take the good rows in though others are bad.")
    var goodRows = false

    @Option(help: "Write the bad rows here with what is wrong, to be mended and imported.")
    var errors: String?

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask(
            "POST", "assets/import?\(query)", body: try contents(), timeout: .seconds(600))
        let report = try answer.decoded(as: SheetReport.self)
        if let errors { try write(report.badRows, to: errors) }
        if output.json {
            print(answer.text)
        } else {
            print(report.text(file: file))
            print(end(report))
        }
        if report.errorCount > 0, dryRun || !report.applied { throw ExitCode.failure }
    }

    private var query: String {
        var words = ["file=\(file.inPath)"]
        if dryRun { words.append("dry-run=true") }
        if goodRows { words.append("good-rows=true") }
        if errors != nil { words.append("bad-rows=true") }
        return (words + map.map { "map=\($0.inPath)" }).joined(separator: "&")
    }

    private func contents() throws -> [UInt8] {
        if file == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandError("\(file): cannot be read")
        }
        return [UInt8](data)
    }

    private func write(_ badRows: String?, to path: String) throws {
        guard let badRows else { return }
        do {
            try Data(badRows.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandError("\(path): cannot be written: \(error.localizedDescription)")
        }
    }

    private func end(_ report: SheetReport) -> String {
        var sentences: [String] = []
        if let errors, report.badRows != nil { sentences.append("the bad rows are in \(errors)") }
        if dryRun {
            sentences.append("dry run: nothing was changed")
        } else if report.headingErrors > 0 {
            sentences.append("nothing was changed: it must be clear first what the headings hold")
        } else if !report.applied {
            sentences.append("nothing was changed: mend the sheet, or take the good rows in with --good-rows")
        } else if report.counts.bad == report.rows, report.rows > 0 {
            sentences.append("no row is good: nothing was changed")
        } else if report.counts.bad > 0 {
            sentences.append("the good rows are in")
        } else {
            sentences.append("all of it is in")
        }
        return sentences.joined(separator: "; ")
    }
}
