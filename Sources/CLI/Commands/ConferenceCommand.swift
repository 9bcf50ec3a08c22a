import ArgumentParser

/// `haidang conference`: which sites can take part in a conference now, and why others cannot.
struct ConferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conference",
        abstract: "Which sites can join a conference now, and why others cannot; the worst first.")

    @Option(help: "Sites of this level alone, e.g. commune.")
    var level: String?

    @Option(help: "Of the sentences: vi or en.")
    var language: String = "en"

    @Flag(help: "Those that are ready, too.")
    var all = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let items = [("language", language)] + (level.map { [("level", $0)] } ?? [])
        let query = items.map { "\($0.0)=\($0.1.inPath)" }.joined(separator: "&")
        let answer = try await Collector(collector).ask("GET", "conference?\(query)")
        if output.json {
            print(answer.text)
            return
        }
        let conference = try answer.decoded(as: Conference.self)
        print(conference.summary)
        let shown = conference.sites.filter { all || $0.verdict != "ready" }
        guard !shown.isEmpty else { return }
        var table = Table(["SITE", "STATE"] + Conference.gates.map { $0.uppercased() } + ["SINCE", "CALL", "REASON"])
        for site in shown {
            let call = [site.contact?.name, site.contact?.phone].compactMap { $0 }.filter { !$0.isEmpty }
            table.add(
                [site.title.isEmpty ? site.site : site.title, site.verdict]
                    + Conference.gates.map { site.gates[$0]?.state ?? "" }
                    + [site.since ?? "", call.joined(separator: ", "), site.text])
        }
        print(table.text)
    }

    private struct Conference: Decodable {
        struct Standing: Decodable {
            var state: String
        }

        struct Contact: Decodable {
            var name: String
            var phone: String
        }

        struct Site: Decodable {
            var site: String
            var title: String
            var verdict: String
            var text: String
            var since: String?
            var contact: Contact?
            var gates: [String: Standing]
        }

        struct Level: Decodable {
            var level: String
            var sites: Int
            var counts: [String: Int]
        }

        static let gates = ["line", "codec", "signalling", "registration", "certificate", "hours"]

        var counts: [String: Int]
        var levels: [Level]
        var sites: [Site]

        var summary: String {
            let words = ["down", "degraded", "unknown", "maintenance", "not-watched", "outside-hours"]
            let others = words.compactMap { word in counts[word].map { "\($0) \(word)" } }
            let levels = levels.map { "\($0.level) \($0.counts["ready"] ?? 0)/\($0.sites)" }
            return (["\(counts["ready"] ?? 0) of \(sites.count) ready"] + others).joined(separator: ", ")
                + (levels.isEmpty ? "" : "; \(levels.joined(separator: ", "))")
        }
    }
}
