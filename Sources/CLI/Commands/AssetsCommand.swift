import ArgumentParser

/// `haidang assets`: what we own, one thing of it, and all of it as a sheet in and out.
struct AssetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assets", abstract: "The assets, or one with its checks and facts; a sheet of them in and out.",
        subcommands: [AssetsListCommand.self, AssetsImportCommand.self, AssetsExportCommand.self],
        defaultSubcommand: AssetsListCommand.self)
}
