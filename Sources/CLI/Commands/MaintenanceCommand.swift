import ArgumentParser
import Foundation

/// `haidang maintenance`: announced work, while which nobody is called.
struct MaintenanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maintenance", abstract: "Announced work: while it lasts, nobody is called because of it.",
        subcommands: [List.self, Add.self, End.self], defaultSubcommand: List.self)

    /// What the commands read of the API's answers.
    struct Work: Decodable {
        var name: String
        var state: String
        var from: String?
        var until: String?
        var every: [String]
        var next: String?
        var sites: [String]
        var units: [String]
        var assets: [String]
        var classes: [String]
        var covered: Int
        var reason: String
        var who: String

        var times: String {
            let bounds = [from.map { "from \($0)" }, until.map { "until \($0)" }].compactMap(\.self)
            return (every + bounds).joined(separator: ", ")
        }

        var what: String {
            let parts = [("site", sites), ("unit", units), ("asset", assets), ("class", classes)]
            let names = parts.flatMap { kind, names in names.map { "\(kind) \($0)" } }
            return "\(covered) assets" + (names.isEmpty ? "" : ": \(names.joined(separator: ", "))")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What is under way, what comes, what is over.")

        @Flag(help: "Also what is over.")
        var all = false

        @OptionGroup var collector: CollectorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let answer = try await Collector(collector).ask("GET", "maintenances")
            if output.json {
                print(answer.text)
                return
            }
            let works = try answer.decoded(as: [Work].self).filter { all || $0.state != "over" }
            var table = Table(["MAINTENANCE", "STATE", "NEXT", "WHEN", "FOR", "REASON"])
            for work in works {
                table.add([work.name, work.state, work.next ?? "", work.times, work.what, work.reason])
            }
            print(works.isEmpty ? "no maintenance" : table.text)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Announce work for sites, units, assets or classes.",
            discussion: """
                Moments are written 2026-11-28T22:00 and are in UTC+07:00 unless they say otherwise. Without --from it \
                begins now. Work that comes again says when: --every "last sun 22:00-02:00".
                """)

        @Option(help: "Its name; without one, it gets one.")
        var name: String?

        @Option(help: "When it begins.")
        var from: String?

        @Option(help: "When it ends.")
        var until: String?

        @Option(name: .customLong("for"), help: "How long it lasts, e.g. 90m, 2h, 1d.")
        var span: String?

        @Option(help: "Days and times at which it comes again; may be given several times.")
        var every: [String] = []

        @Option(help: "A site; may be given several times, as the three that follow.")
        var site: [String] = []

        @Option(help: "A unit, with everything below it.")
        var unit: [String] = []

        @Option(help: "An asset.")
        var asset: [String] = []

        @Option(name: .customLong("class"), help: "A class of assets.")
        var assetClass: [String] = []

        @Option(help: "Why.")
        var reason: String?

        @Option(help: "Who does the work; without it, who announces it.")
        var who: String?

        @OptionGroup var collector: CollectorOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if site.isEmpty && unit.isEmpty && asset.isEmpty && assetClass.isEmpty {
                throw ValidationError("say for what: --site, --unit, --asset or --class")
            }
            if every.isEmpty, (until == nil) == (span == nil) {
                throw ValidationError("say when it ends: either --until or --for")
            }
            if span != nil, Self.minutes(span ?? "") == nil {
                throw ValidationError("--for: \"\(span ?? "")\" is no span such as 90m, 2h or 1d")
            }
        }

        func run() async throws {
            let order = Order(
                name: name, from: from, until: until, minutes: span.flatMap(Self.minutes), every: every, sites: site,
                units: unit, assets: asset, classes: assetClass, reason: reason, who: who)
            let answer = try await Collector(collector).ask(
                "POST", "maintenances", body: Array(try JSONEncoder().encode(order)))
            if output.json {
                print(answer.text)
                return
            }
            let work = try answer.decoded(as: Work.self)
            print("maintenance \(work.name) is announced: \(work.times); \(work.what)")
        }

        private struct Order: Encodable {
            var name, from, until: String?
            var minutes: Int?
            var every, sites, units, assets, classes: [String]
            var reason, who: String?
        }

        private static func minutes(_ text: String) -> Int? {
            let units: [Character: Int] = ["m": 1, "h": 60, "d": 1440]
            guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
                (1...100_000).contains(number)
            else { return nil }
            return number * unit
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End work now; what has not begun is called off.",
            discussion: "Work that is over stays on the record: availability needs it. `haidang remove` takes it out.")

        @Argument(help: "Its name.")
        var name: String

        @OptionGroup var collector: CollectorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let answer = try await Collector(collector).ask("POST", "maintenances/\(name.inPath)/end")
            print(output.json ? answer.text : "maintenance \(name) is ended")
        }
    }
}
