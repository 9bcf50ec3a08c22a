import ArgumentParser

/// `haidang remove KIND NAME`: takes out what is no more.
struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take out an asset, a site, a unit, hours, a rule, a maintenance or a route.",
        discussion: """
            Refused while something else needs it. An asset's checks end and an agent on it is let in no more; what was \
            measured of it stays, and declaring it again brings it back.
            """)

    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case asset
        case site
        case unit
        case hours
        case rule
        case maintenance
        case route

        /// Where the API keeps them.
        var path: String { self == .hours ? rawValue : "\(rawValue)s" }
    }

    @Argument(help: "asset, site, unit, hours, rule, maintenance or route.")
    var kind: Kind

    @Argument(help: "Its name.")
    var name: String

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("DELETE", "\(kind.path)/\(name.inPath)")
        print(output.json ? answer.text : "\(kind.rawValue) \(name) is taken out")
    }
}
