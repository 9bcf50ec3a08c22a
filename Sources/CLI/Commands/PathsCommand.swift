import ArgumentParser
import Foundation
import Vocabulary

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
        let listed = try answer.decoded(as: [Listed].self)
        guard !listed.isEmpty else {
            print("no path to \(name) has been followed yet")
            return
        }
        var table = Table(["CHECK", "SEEN", "WHY", "END", "PATH"])
        // They come the newest first, and only that order matters here: the time is a place in the list.
        let paths = try listed.enumerated().map { place, path in try path.path(seen: Instant(seconds: Int64(place))) }
        let shown = all ? paths : PathPair.pairs(of: paths).flatMap { [$0.now] + [$0.before].compactMap { $0 } }
        for path in shown {
            let seen = listed[Int(path.seen.microseconds / 1_000_000)].seen
            table.add([path.check.rawValue, seen, path.occasion.word, path.end.word, Self.way(path)])
        }
        print(table.text)
    }

    /// A star stands for a hop that did not answer.
    private static func way(_ path: Path) -> String {
        let hops = path.hops.map { $0.address.isEmpty ? "*" : $0.address }.joined(separator: " → ")
        return path.detail.isEmpty ? hops : "\(hops): \(path.detail)"
    }

    /// A path as the API gives it.
    private struct Listed: Decodable {
        struct Hop: Decodable {
            var address: String
        }

        var check: String
        var seen: String
        var occasion: String
        var end: String
        var detail: String
        var hops: [Hop]

        func path(seen: Instant) throws -> Path {
            guard let occasion = Path.Occasion.allCases.first(where: { $0.word == occasion }),
                let end = Path.End.allCases.first(where: { $0.word == end })
            else { throw CommandError("the collector speaks of a path in words that this program does not know") }
            return Path(
                check: CheckName(rawValue: check), seen: seen, occasion: occasion,
                hops: hops.map { .init(address: $0.address, roundTrip: nil) }, end: end, detail: detail)
        }
    }
}
