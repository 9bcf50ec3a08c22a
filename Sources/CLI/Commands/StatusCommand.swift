import ArgumentParser

/// `haidang status`: what is well and what is not, at a glance.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What is broken, where, and since when.")

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("GET", "status")
        if output.json {
            print(answer.text)
            return
        }
        let status = try answer.decoded(as: Status.self)
        let order = ["down", "degraded", "unknown", "up", "outside-hours", "not-configured"]
        print(order.compactMap { state in status.counts[state].map { "\($0) \(state)" } }.joined(separator: ", "))
        // What has no address yet is nobody's news: `haidang assets` lists it.
        let asked = status.assets.filter { $0.state != "not-configured" }
        guard !asked.isEmpty else { return }
        var table = Table(["ASSET", "STATE", "SINCE", "REASON"])
        for state in order {
            for asset in asked where asset.state == state {
                table.add([asset.name, asset.state, asset.since ?? "", asset.remark])
            }
        }
        print(table.text)
    }
}

/// What the commands read of the API's answers.
struct Status: Decodable {
    var counts: [String: Int]
    var assets: [Asset]

    struct Asset: Decodable {
        var name: String
        var `class`: String
        var address: String
        var site: String
        var unit: String
        var state: String
        var since: String?
        var reason: Reason?
        var maintenance: Exemption?
        var outsideHours: Exemption?

        /// Why it is so, and why nobody is called because of it.
        var remark: String {
            let exempt = [maintenance.map { "in maintenance \($0.text)" }, outsideHours.map { "outside \($0.text)" }]
            return ([reason?.text] + exempt).compactMap(\.self).joined(separator: "; ")
        }
    }

    struct Exemption: Decodable {
        var name: String
        var until: String?

        var text: String { name + (until.map { " until \($0)" } ?? "") }
    }

    struct Reason: Decodable {
        var code: String
        var step: String
        var expected: String
        var got: String

        var text: String {
            var text = code
            if !step.isEmpty { text += " (\(step))" }
            if !expected.isEmpty { text += ", expected \(expected)" }
            if !got.isEmpty { text += ", got \(got)" }
            return text
        }
    }
}
