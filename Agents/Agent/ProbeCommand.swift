import AgentKit
import ArgumentParser
import Glibc
import ProbeKit
import ProbeSettings
import Vocabulary

/// `haidang-agent probe KIND TARGET`: one run by hand, with the exit status of a Nagios plug-in.
struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Ask once, as a check would.",
        discussion: "Exit status: 0 up, 1 degraded, 2 down, 3 unknown.")

    @Argument(help: "What to ask: host, http, icmp, tcp.")
    var kind: String

    @Argument(help: "Whom: a host, host:port or URL; nothing for this machine.")
    var target = ""

    @Option(name: .customLong("set"), help: "A setting of the probe, key=value; may be given several times.")
    var settings: [String] = []

    @Option(help: "How long to wait at most, e.g. 2s.")
    var timeout: String?

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Also print what was sent and what came.")
    var explain = false

    func run() async throws {
        let engines = try Engines()
        defer { engines.close() }
        let catalogue = engines.catalogue
        let kind = ProbeKind(rawValue: kind)
        let question: Question
        do {
            question = try catalogue.question(kind, target: target, settings: try values())
        } catch {
            throw ValidationError("\(error)")
        }
        let patience = try limit() ?? catalogue.pace(of: kind)?.timeout ?? .seconds(5)
        let (time, start) = (SystemTime().wall, ContinuousClock.now)
        let answer = await question.ask(start + patience)
        let report = ProbeReport(
            kind: kind, target: target, time: time, duration: ContinuousClock.now - start, answer: answer)
        print(json ? report.json(explained: explain) : report.text(explained: explain))
        throw ExitCode(Int32(answer.outcome.state.rawValue))
    }

    private func values() throws -> [String: String] {
        var values: [String: String] = [:]
        for setting in settings {
            guard let equals = setting.firstIndex(of: "=") else {
                throw ValidationError("\"\(setting)\" is not key=value")
            }
            values[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
        }
        return values
    }

    private func limit() throws -> Duration? {
        guard let timeout else { return nil }
        guard let span = Duration(spelled: timeout), span > .zero else {
            throw ValidationError("--timeout takes a span such as 500ms or 2s, not \"\(timeout)\"")
        }
        return span
    }
}
