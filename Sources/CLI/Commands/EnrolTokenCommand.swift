import ArgumentParser

/// `haidang enrol-token`: what lets one machine in, once.
struct EnrolTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol-token", abstract: "Make a token that enrols one machine, within a day.")

    @Flag(help: "Print the token alone.")
    var quiet = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("POST", "enrolment-tokens")
        let made = try answer.decoded(as: Made.self)
        if output.json {
            print(answer.text)
        } else if quiet {
            print(made.token)
        } else {
            let line = made.install ?? "haidang-agent enrol \(made.token)"
            print("On the new machine, as root, before \(made.expires):\n\n    \(line)\n")
        }
    }

    private struct Made: Decodable {
        var token: String
        /// Absent where the collector has no package of the agent.
        var install: String?
        var expires: String
    }
}
