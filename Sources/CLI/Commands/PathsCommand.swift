import ArgumentParser
import Foundation

/// `haidang paths ASSET`: which way packets go to it now, and which way they went before.
struct PathsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paths", abstract: "The way to an asset now, and the way before, hop by hop.")

    @Argument(help: "The asset's name.")
    var name: String

    @Flag(help: "All that are kept, the newest first.")
    var all = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("GET", "assets/\(name)/paths")
        if output.json {
            print(answer.text)
            return
        }
        let paths = try answer.decoded(as: [Path].self)
        guard !paths.isEmpty else {
            print("no path to \(name) has been followed yet")
            return
        }
        var table = Table(["CHECK", "SEEN", "WHY", "END", "PATH"])
        var shown: [String: Path] = [:]
        var hasBefore: Set<String> = []
        for path in paths {
            if !all, let now = shown[path.check] {
                guard path.end == "reached", !path.goesTheSameWay(as: now), hasBefore.insert(path.check).inserted
                else { continue }
            }
            if shown[path.check] == nil { shown[path.check] = path }
            table.add([path.check, path.seen, path.occasion, path.end, path.way])
        }
        print(table.text)
    }

    private struct Path: Decodable {
        struct Hop: Decodable {
            var address: String
        }

        var check: String
        var seen: String
        var occasion: String
        var end: String
        var detail: String
        var hops: [Hop]

        /// A star stands for a hop that did not answer.
        var way: String {
            let hops = hops.map { $0.address.isEmpty ? "*" : $0.address }.joined(separator: " → ")
            return detail.isEmpty ? hops : "\(hops): \(detail)"
        }

        func goesTheSameWay(as other: Path) -> Bool {
            end == other.end && hops.count == other.hops.count
                && zip(hops, other.hops).allSatisfy {
                    $0.address == $1.address || $0.address.isEmpty || $1.address.isEmpty
                }
        }
    }
}
