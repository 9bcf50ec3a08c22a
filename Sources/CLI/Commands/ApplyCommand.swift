import ArgumentParser
import Foundation

/// `haidang apply -f FILE`: brings the collector to what a file says, whole or not at all.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Apply a file of units, sites, assets and routes; everything is checked first.")

    @Option(name: [.customShort("f"), .customLong("file")], help: "The YAML file; - for standard input.")
    var file: String

    @Flag(help: "Only say what would change.")
    var dryRun = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let data: Data
        if file == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else if let contents = FileManager.default.contents(atPath: file) {
            data = contents
        } else {
            throw CommandError("\(file): cannot be read")
        }
        let name = file.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "file"
        let answer = try await Collector(collector).ask(
            "POST", "apply?file=\(name)\(dryRun ? "&dry-run=true" : "")", body: [UInt8](data))
        if output.json {
            print(answer.text)
            return
        }
        let signs = ["create": "+", "update": "~"]
        let changes = try answer.decoded(as: Applied.self).changes
        for change in changes where change.action != "same" {
            print("\(signs[change.action] ?? "?") \(change.kind) \(change.name)")
            for field in change.fields { print("    \(field)") }
        }
        let counts = Dictionary(changes.map { ($0.action, 1) }, uniquingKeysWith: +)
        print("\(counts["create"] ?? 0) new, \(counts["update"] ?? 0) changed, \(counts["same"] ?? 0) as they were")
        if dryRun { print("dry run: nothing was changed") }
    }

    private struct Applied: Decodable {
        struct Change: Decodable {
            var kind: String
            var name: String
            var action: String
            var fields: [String]
        }

        var changes: [Change]
    }
}
