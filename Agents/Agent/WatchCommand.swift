import AgentKit
import ArgumentParser
import Documents
import HostFacts
import HostWatch
import Vocabulary

/// `haidang-agent watch --once`: how this machine's security stands, and what of it cannot be seen.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Print this machine's security state, and what of it cannot be seen.",
        discussion: """
            Findings are those of the sign-in log as it is, and certificates that end soon. What changes is found by \
            `haidang-agent run`, which remembers.
            """)

    @Flag(help: "Look once and end; without it, too: the running agent is what goes on looking.")
    var once = false

    @Option(help: "The machine's root folder.")
    var root = "/"

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let state = SecurityState(root: root, facts: HostFacts(root: root), at: SystemTime().wall)
        print(json ? Self.json(state) : Self.text(state))
    }

    private static func text(_ state: SecurityState) -> String {
        var lines = state.facts.map { "\($0.path) = \($0.value)" }
        for finding in state.findings {
            lines.append(
                "found \(finding.rule) (\(finding.severity.word)): \(finding.subject), \(finding.count) times, "
                    + "\(finding.firstSeen) to \(finding.lastSeen)")
            lines += finding.evidence.map { "  \($0.field): \($0.text)" }
        }
        lines += state.blindSpots.map {
            "cannot see \($0.code): \($0.detail)\($0.remedy.isEmpty ? "" : "; try: \($0.remedy)")"
        }
        return lines.joined(separator: "\n")
    }

    private static func json(_ state: SecurityState) -> String {
        let findings = state.findings.map { finding in
            JSONText.object([
                ("rule", .text(finding.rule)), ("severity", .text(finding.severity.word)),
                ("subject", .text(finding.subject)), ("firstSeen", .text(finding.firstSeen.description)),
                ("lastSeen", .text(finding.lastSeen.description)), ("count", .number(Double(finding.count))),
                (
                    "evidence",
                    .array(
                        finding.evidence.map { .object([("field", .text($0.field)), ("text", .text($0.text))]) })
                ),
            ])
        }
        let facts = state.facts.map { JSONText.object([("path", .text($0.path)), ("value", .text($0.value))]) }
        let spots = state.blindSpots.map { spot in
            JSONText.object([
                ("code", .text(spot.code)), ("detail", .text(spot.detail)), ("remedy", .text(spot.remedy)),
            ])
        }
        return JSONText.object([
            ("state", .array(facts)), ("findings", .array(findings)), ("blindSpots", .array(spots)),
        ]).description
    }
}
