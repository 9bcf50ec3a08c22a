import ArgumentParser
import Foundation
import Logging
import Storage

/// The collector: takes reports in, decides, remembers, shows.
@main
struct CollectorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "haidang-collector",
        abstract: "Takes in what agents report, and serves pages, API and agents.",
        discussion: """
            Settings come from /etc/haidang/collector.yaml, then from HAIDANG_… variables, then from here. \
            Stops cleanly on SIGTERM and Ctrl-C.
            """)

    @Option(help: "The settings file; without it /etc/haidang/collector.yaml is read where it exists.")
    var settings: String?

    @Option(help: "The folder for database, keys and certificates.")
    var state: String?

    @Option(
        help:
            "Also serve plain HTTP here, on the loopback only, e.g. 127.0.0.1:8080; then the other ports stay on the loopback, too, unless told otherwise."
    )
    var plainHttp: String?

    func run() async throws {
        let settings = try read()
        let level = Logger.Level(rawValue: settings.logLevel) ?? .info
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        // Database and log of a crash hold what is nobody else's business; a core would hold passwords in the clear.
        umask(0o077)
        try forbidCore()
        do {
            try await Assembly(settings, logger: Logger(label: "haidang.collector")).run()
        } catch {
            // One sentence that names the place; a stack of causes helps nobody at three in the morning.
            FileHandle.standardError.write(Data("haidang-collector: \(error)\n".utf8))
            throw ExitCode.failure
        }
    }

    /// A limit of one byte keeps the kernel from writing a core, and from handing it to a program that collects them.
    private func forbidCore() throws {
        var limit = rlimit(rlim_cur: 1, rlim_max: 1)
        guard setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 else {
            throw CollectorSettingsError(place: "core files", problem: "cannot be forbidden: errno \(errno)")
        }
    }

    private func read() throws -> CollectorSettings {
        var settings = CollectorSettings()
        if plainHttp != nil {
            settings.web.host = "127.0.0.1"
            settings.agents.host = "127.0.0.1"
        }
        let file = self.settings ?? "/etc/haidang/collector.yaml"
        if let contents = FileManager.default.contents(atPath: file) {
            try settings.take(yaml: String(decoding: contents, as: UTF8.self), from: file)
        } else if self.settings != nil {
            throw CollectorSettingsError(place: file, problem: "cannot be read")
        }
        try settings.take(environment: ProcessInfo.processInfo.environment)
        if let state { settings.stateFolder = state }
        if let plainHttp { try settings.take(plainHttp, for: "plain-http", place: "--plain-http") }
        try settings.validate()
        return settings
    }
}
