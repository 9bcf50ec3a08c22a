import ArgumentParser

/// `haidang hours`: when things are expected to be on.
struct HoursCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hours", abstract: "When things are expected to be on; files of kind Hours change them.")

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("GET", "hours")
        if output.json {
            print(answer.text)
            return
        }
        let all = try answer.decoded(as: [Hours].self)
        var table = Table(["HOURS", "NOW", "CHANGES", "WEEKLY", "EXCEPT"])
        for hours in all {
            table.add([
                hours.name, hours.open ? "open" : "closed", hours.next ?? "never", hours.weekly.joined(separator: "; "),
                hours.except.joined(separator: "; "),
            ])
        }
        print(all.isEmpty ? "no hours: everything is expected to be on always" : table.text)
    }

    private struct Hours: Decodable {
        var name: String
        var weekly: [String]
        var except: [String]
        var open: Bool
        var next: String?
    }
}
