import AgentKit
import ArgumentParser
import Captures
import ExecProbe
import Glibc
import ProbeKit
import ProbeSettings
import Vocabulary

/// `haidang-agent probe KIND TARGET`: one run by hand, with the exit status of a Nagios plug-in.
struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Ask once, as a check would.",
        discussion: """
            Exit status: 0 up, 1 degraded, 2 down, 3 unknown; of many targets that of the worst.
            With --targets those that are not up are listed, then the whole is summed up.
            """)

    @Argument(help: "What to ask: codec, dns, exec, h323, host, http, icmp, ntp, prometheus, sip, snmp, tcp, tls.")
    var kind: String

    @Argument(help: "Whom: a host, host:port or URL; nothing for this machine.")
    var target: String?

    @Option(name: .customLong("set"), help: "A setting of the probe, key=value; may be given several times.")
    var settings: [String] = []

    @Option(help: "How long to wait at most, e.g. 2s.")
    var timeout: String?

    @Option(
        name: .customLong("plugin-folder"),
        help: "Where the plug-ins of exec are; without it, where the agent's settings say.")
    var pluginFolder: String?

    @Option(help: "Ask all targets of a file, one a line, key=value after it for its own; - for the standard input.")
    var targets: String?

    @Option(name: .customLong("at-once"), help: "With --targets: how many to ask at the same time at most.")
    var atOnce = 256

    @Option(help: "With --targets: how many to begin in a second at most; 0 for as many as can be.")
    var rate = 1000

    @Flag(help: "With --targets: also list those that are up.")
    var all = false

    @Flag(help: "Print JSON; with --targets an object a line.")
    var json = false

    @Flag(help: "Also print what was done, what was sent and what came, and when; without secrets.")
    var explain = false

    func validate() throws {
        guard targets == nil else {
            if target != nil { throw ValidationError("either TARGET or --targets") }
            if explain { throw ValidationError("--explain is for one target") }
            guard atOnce > 0, rate >= 0 else {
                throw ValidationError("--at-once takes a number above 0, --rate one from 0")
            }
            return
        }
        if all { throw ValidationError("--all is for --targets") }
    }

    func run() async throws {
        OpenFiles.allowMost()
        let kind = ProbeKind(rawValue: kind)
        let engines = try Engines(pluginFolder: kind == "exec" ? plugins() : PluginFolder.standard)
        defer { engines.close() }
        let patience = try limit() ?? engines.catalogue.pace(of: kind)?.timeout ?? .seconds(5)
        if let targets {
            try await sweep(Targets(path: targets), targets, kind, engines.catalogue, patience)
        } else {
            try await ask(target ?? "", kind, engines.catalogue, patience)
        }
    }

    private func plugins() throws -> String {
        guard let pluginFolder else { return try AgentOptions.pluginFolder() }
        guard !pluginFolder.hasPrefix("/") else { return pluginFolder }
        guard let here = getcwd(nil, 0) else { throw ValidationError("--plugin-folder takes a whole path") }
        defer { free(here) }
        return "\(String(cString: here))/\(pluginFolder)"
    }

    private func ask(_ target: String, _ kind: ProbeKind, _ catalogue: Catalogue, _ patience: Duration) async throws {
        let question: Question
        do {
            question = try catalogue.question(kind, target: target, settings: try values())
        } catch {
            throw ValidationError("\(error)")
        }
        let (time, start) = (SystemTime().wall, ContinuousClock.now)
        let capture = explain ? Capture(since: start) : nil
        let answer = await Capture.$current.withValue(capture) { await question.ask(start + patience) }
        let report = ProbeReport(
            kind: kind, target: target, time: time, duration: ContinuousClock.now - start, answer: answer,
            capture: capture)
        print(json ? report.json : report.text)
        try Self.end(with: Int32(answer.outcome.state.rawValue))
    }

    private func sweep(
        _ targets: Targets, _ path: String, _ kind: ProbeKind, _ catalogue: Catalogue, _ patience: Duration
    ) async throws {
        let askings: [Catalogue.Asking]
        do {
            askings = try ProbeSweep.askings(of: targets, path, kind, catalogue, try values())
        } catch let error as SettingsError {
            throw ValidationError("\(error)")
        }
        let sweep = ProbeSweep(
            kind: kind, targets: targets, askings: askings, patience: patience, atOnce: atOnce, rate: rate,
            form: json ? .json : all ? .all : .troubles)
        let summary = await sweep.run()
        if !json { print(summary.text) }
        try Self.end(with: summary.status)
    }

    /// What ends as it should returns: for an exit status that is thrown, the whole help is put together first.
    private static func end(with status: Int32) throws {
        guard status == 0 else { throw ExitCode(status) }
    }

    private func values() throws -> [String: String] {
        try Self.values(of: settings)
    }

    /// Reads `key=value`s.
    static func values(of settings: [String]) throws -> [String: String] {
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
