import ArgumentParser

/// `haidang findings`: what was found on machines.
struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "What was found on machines: sign-ins, ports, powers, packages.",
        subcommands: [FindingsListCommand.self, FindingsAcknowledgeCommand.self, FindingsCloseCommand.self],
        defaultSubcommand: FindingsListCommand.self)
}

struct FindingsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Open findings, the newest first.")

    @Flag(help: "Those that were closed instead.")
    var closed = false

    @Option(help: "Only of this severity or above: low, medium, high.")
    var severity: String?

    @Option(help: "Only on this asset.")
    var asset: String?

    @Flag(help: "Print what each rests on, too.")
    var evidence = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var query = "findings?state=\(closed ? "closed" : "open")"
        if let severity { query += "&severity=\(severity.inPath)" }
        if let asset { query += "&asset=\(asset.inPath)" }
        let answer = try await Collector(collector).ask("GET", query)
        if output.json {
            print(answer.text)
            return
        }
        let findings = try answer.decoded(as: [FoundFinding].self)
        var table = Table(["FINDING", "SEVERITY", "ASSET", "RULE", "SUBJECT", "TIMES", "LAST SEEN", "SEEN BY"])
        for finding in findings {
            table.add([
                "\(finding.id)", finding.severity, finding.asset, finding.rule, finding.subject, "\(finding.count)",
                finding.lastSeen, finding.closedBy ?? finding.acknowledgedBy ?? "nobody yet",
            ])
            guard evidence else { continue }
            for item in finding.evidence { table.add(["", "", "", "", "\(item.field): \(item.text)"]) }
        }
        print(findings.isEmpty ? "no findings" : table.text)
    }
}

struct FindingsAcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "Say that you have seen a finding and look into it.")

    @Argument(help: "Its number.")
    var finding: Int64

    @OptionGroup var collector: CollectorOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("POST", "findings/\(finding)/acknowledge")
        let found = try answer.decoded(as: FoundFinding.self)
        print("finding \(found.id) on \(found.asset): seen by \(found.acknowledgedBy ?? "nobody")")
    }
}

struct FindingsCloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Say that a finding is dealt with.")

    @Argument(help: "Its number.")
    var finding: Int64

    @OptionGroup var collector: CollectorOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("POST", "findings/\(finding)/close")
        let found = try answer.decoded(as: FoundFinding.self)
        print("finding \(found.id) on \(found.asset): closed by \(found.closedBy ?? "nobody")")
    }
}

struct FoundFinding: Decodable {
    struct Evidence: Decodable {
        var field: String
        var text: String
    }

    var id: Int64
    var asset: String
    var rule: String
    var severity: String
    var subject: String
    var lastSeen: String
    var count: Int
    var acknowledgedBy: String?
    var closedBy: String?
    var evidence: [Evidence]
}
