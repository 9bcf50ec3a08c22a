import ArgumentParser
import Foundation

/// `haidang export`: everything that was declared, as a file that `apply` takes.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print units, sites, assets and routes as a file for `apply`.",
        discussion: "Secrets are named in it and never contained. Applying it again changes nothing.")

    @Option(name: [.customShort("o"), .long], help: "Write here instead of standard output.")
    var output: String?

    @OptionGroup var collector: CollectorOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("GET", "export")
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
