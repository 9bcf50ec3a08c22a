import ArgumentParser
import Vocabulary

/// What people type.
@main
struct Haidang: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "haidang",
        abstract: "Watches a province's ICT: status, assets, agents, and what to do about them.",
        discussion: """
            Finds the collector by itself on its own machine (/var/lib/haidang/collector) and in a folder where \
            `make run` was started (.haidang/collector). Elsewhere: HAIDANG_URL and HAIDANG_TOKEN.
            """,
        version: Version.text,
        subcommands: [
            StatusCommand.self, ConferenceCommand.self, SitesCommand.self, AlertsCommand.self, IncidentsCommand.self,
            AcknowledgeCommand.self,
            CommentCommand.self, WhyCommand.self, FindingsCommand.self, AssetsCommand.self, PathsCommand.self,
            AgentsCommand.self,
            MaintenanceCommand.self, HoursCommand.self,
            AvailabilityCommand.self, ApplyCommand.self, ExportCommand.self, RemoveCommand.self,
            EnrolTokenCommand.self, SecretCommand.self, RouteCommand.self,
            UserCommand.self, BackupCommand.self, RestoreCommand.self, LabCommand.self,
        ])
}
