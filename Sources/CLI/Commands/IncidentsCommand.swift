import ArgumentParser

/// `haidang incidents`: failures that share one cause.
struct IncidentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents", abstract: "Failures that share one cause, the longest first; or one of them.")

    @Argument(help: "The number of one incident: everything that is known of it.")
    var incident: Int64?

    @Flag(help: "Those that are over instead.")
    var resolved = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let path = incident.map { "incidents/\($0)" } ?? "incidents\(resolved ? "?state=resolved" : "")"
        let answer = try await Collector(collector).ask("GET", path)
        if output.json {
            print(answer.text)
        } else if incident != nil {
            print(try answer.decoded(as: Incident.self).text)
        } else {
            let incidents = try answer.decoded(as: [Incident].self)
            var table = Table([
                "INCIDENT", "ROOT", "STATE", "SINCE", "AFFECTED", "CAUSE",
                resolved ? "RESOLVED" : "TOLD", resolved ? "" : "WHO HAS IT",
            ])
            for each in incidents {
                table.add([
                    "\(each.id)", each.root, each.state, each.since, "\(each.affected.count)",
                    [each.cause, each.causeName].filter { !$0.isEmpty }.joined(separator: " "),
                    resolved ? each.resolved ?? "" : each.told ? "yes" : "not yet",
                    each.acknowledged?.cell ?? "",
                ])
            }
            print(incidents.isEmpty ? "no incidents" : table.text)
        }
    }

    private struct Incident: Decodable {
        struct Explanation: Decodable {
            var asset: String
            var explains, of, failing, below: Int
        }

        struct Note: Decodable {
            var at, who, kind, text: String
            var until: String?

            var line: String {
                let what = kind + (until.map { " until \($0)" } ?? "")
                return "\(at)  \(who)  \(what)" + (text.isEmpty ? "" : ": \(text)")
            }
        }

        var id: Int64
        var root: String
        var state: String
        var since: String
        var resolved: String?
        var cause: String
        var causeName: String
        var told: Bool
        var reason: Status.Reason?
        var affected, unaffected, quiet: [String]
        var explanations: [Explanation]
        var acknowledged: Holder?
        var notes: [Note]

        var text: String {
            var lines = ["\(root) is \(state) since \(since)\(reason.map { ": \($0.text)" } ?? "")"]
            if let resolved { lines.append("resolved \(resolved)") }
            if let acknowledged { lines.append(acknowledged.text) }
            lines.append("cause: \([cause, causeName].filter { !$0.isEmpty }.joined(separator: " "))")
            for (title, assets) in [("affected", affected), ("not affected", unaffected), ("quiet", quiet)]
            where !assets.isEmpty {
                lines.append("\(title) (\(assets.count)): \(assets.joined(separator: ", "))")
            }
            for each in explanations {
                lines.append(
                    "\(each.asset) explains \(each.explains) of \(each.of) that fail; \(each.failing) of \(each.below) "
                        + "that depend on it fail")
            }
            return (lines + notes.map(\.line)).joined(separator: "\n")
        }
    }
}
