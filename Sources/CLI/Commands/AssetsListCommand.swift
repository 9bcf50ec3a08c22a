import ArgumentParser

/// `haidang assets [NAME]`: what we own, or one thing of it with its checks.
struct AssetsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The assets, or one with its checks and facts.")

    @Argument(help: "The asset's name.")
    var name: String?

    @Flag(help: "The asset's facts instead.")
    var facts = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if facts && name == nil { throw ValidationError("--facts needs the asset's name") }
    }

    func run() async throws {
        let path = name.map { "assets/\($0)\(facts ? "/facts" : "")" } ?? "assets"
        let answer = try await Collector(collector).ask("GET", path)
        if output.json {
            print(answer.text)
        } else if facts {
            var table = Table(["FACT", "VALUE", "SINCE"])
            for fact in try answer.decoded(as: [Fact].self) { table.add([fact.path, fact.value, fact.firstSeen]) }
            print(table.text)
        } else if name != nil {
            var table = Table(["CHECK", "STATE", "SINCE", "TARGET", "REASON"])
            for check in try answer.decoded(as: Detail.self).checks {
                table.add([
                    check.name, check.state ?? "-", check.since ?? "", check.target, check.reason?.text ?? "",
                ])
            }
            print(table.text)
        } else {
            var table = Table(["ASSET", "CLASS", "STATE", "ADDRESS", "SITE", "UNIT"])
            for asset in try answer.decoded(as: [Status.Asset].self) {
                table.add([asset.name, asset.class, asset.state, asset.address, asset.site, asset.unit])
            }
            print(table.text)
        }
    }

    private struct Detail: Decodable {
        var checks: [Check]
    }

    private struct Check: Decodable {
        var name: String
        var target: String
        var state: String?
        var since: String?
        var reason: Status.Reason?
    }

    private struct Fact: Decodable {
        var path: String
        var value: String
        var firstSeen: String
    }
}
