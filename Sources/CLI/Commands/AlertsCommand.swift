import ArgumentParser

/// `haidang alerts`: what somebody must act on.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "What somebody must act on, the longest first.")

    @Flag(help: "Those that are over instead.")
    var resolved = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("GET", "alerts\(resolved ? "?state=resolved" : "")")
        if output.json {
            print(answer.text)
            return
        }
        let alerts = try answer.decoded(as: [Alert].self)
        var table = Table([
            "ALERT", "INCIDENT", "ASSET", "CHECK", "STATE", "SINCE", resolved ? "RESOLVED" : "TOLD",
            resolved ? "" : "WHO HAS IT", "REASON",
        ])
        for alert in alerts {
            table.add([
                "\(alert.id)", "\(alert.incident)", alert.asset, alert.check ?? "agent", alert.state, alert.since,
                resolved ? alert.resolved ?? "" : alert.told ? "yes" : alert.heldBy.map { "with \($0)" } ?? "not yet",
                alert.acknowledgedBy ?? "", alert.reason?.text ?? "",
            ])
        }
        print(alerts.isEmpty ? "no alerts" : table.text)
    }

    private struct Alert: Decodable {
        var id: Int64
        var asset: String
        var check: String?
        var state: String
        var since: String
        var resolved: String?
        var told: Bool
        var incident: Int64
        var heldBy: String?
        var acknowledgedBy: String?
        var reason: Status.Reason?
    }
}
