import ArgumentParser
import Vocabulary

/// The program on every watched machine.
@main
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "haidang-agent",
        abstract: "Watches this machine and what can be asked from it, and reports to the collector.",
        version: Version.text,
        subcommands: [
            RunCommand.self, EnrolCommand.self, ProbeCommand.self, PathCommand.self, FactsCommand.self,
            WatchCommand.self,
            DeadManCommand.self,
        ])
}
