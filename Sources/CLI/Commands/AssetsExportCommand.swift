import ArgumentParser
import Foundation

/// `haidang assets export`: the inventory as a sheet that a spreadsheet opens and `assets import` takes.
struct AssetsExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print every asset with its book as CSV, for a spreadsheet.",
        discussion: "Taking it in again changes nothing. What an asset depends on is in `haidang export` only.")

    enum Headings: String, ExpressibleByArgument, CaseIterable {
        case en
        case vi
    }

    @Option(name: [.customShort("o"), .long], help: "Write here instead of standard output.")
    var output: String?

    @Option(help: "The language of the headings.")
    var headings = Headings.en

    @OptionGroup var collector: CollectorOptions

    func run() async throws {
        let answer = try await Collector(collector).ask(
            "GET", "assets.csv?headings=\(headings.rawValue)", timeout: .seconds(600))
        guard let output else {
            FileHandle.standardOutput.write(answer)
            return
        }
        do {
            try answer.write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw CommandError("\(output): cannot be written: \(error.localizedDescription)")
        }
    }
}
