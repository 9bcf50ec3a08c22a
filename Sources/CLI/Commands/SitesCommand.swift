import ArgumentParser

/// `haidang sites`: the places, how they stand, and whom to call there.
struct SitesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sites", abstract: "The sites, how they stand, and whom to call there.")

    @Argument(help: "One site's name.")
    var name: String?

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("GET", name.map { "sites/\($0.inPath)" } ?? "sites")
        if output.json {
            print(answer.text)
            return
        }
        let sites = try name == nil ? answer.decoded(as: [Site].self) : [answer.decoded(as: Site.self)]
        if name == nil { print(Self.summary(sites)) }
        var table = Table(["SITE", "STATE", "SINCE", "LEVEL", "TITLE", "CALL", "REASON"])
        for site in sites {
            let contact = site.contacts.first
            table.add([
                site.name, site.state, site.since ?? "", site.level, site.title,
                [contact?.name, contact?.phone].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", "),
                [site.cause, site.reason?.text].compactMap { $0 }.joined(separator: ": "),
            ])
        }
        print(table.text)
    }

    private static func summary(_ sites: [Site]) -> String {
        let counts = Dictionary(sites.map { ($0.state, 1) }, uniquingKeysWith: +)
        let order = [
            "down": "down", "degraded": "degraded", "unknown": "unknown", "up": "up",
            "outside-hours": "outside their hours", "no-address": "without an address yet",
        ]
        let states = ["down", "degraded", "unknown", "up", "outside-hours", "no-address"].compactMap { state in
            counts[state].map { "\($0) \(order[state] ?? state)" }
        }
        return "\(sites.count) sites" + (states.isEmpty ? "" : ": ") + states.joined(separator: ", ")
    }

    private struct Site: Decodable {
        struct Contact: Decodable {
            var name: String
            var phone: String
        }

        var name: String
        var title: String
        var level: String
        var state: String
        var since: String?
        var cause: String?
        var reason: Status.Reason?
        var contacts: [Contact]
    }
}
