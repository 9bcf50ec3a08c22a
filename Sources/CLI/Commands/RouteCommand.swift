import ArgumentParser

/// `haidang route`: who is told, tried before it matters.
struct RouteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Try whether messages arrive.", subcommands: [Test.self])

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send one message, marked as a test, through each channel of a route.",
            discussion: "Says what each channel answered; ends with 1 where one did not take the message.")

        @Argument(help: "The route's name.")
        var name: String

        @OptionGroup var collector: CollectorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            // A mail server and a gateway may take their time, one after the other.
            let answer = try await Collector(collector)
                .ask("POST", "routes/\(name.inPath)/test", timeout: .seconds(150))
            let ways = try answer.decoded(as: Answer.self).ways
            if output.json {
                print(answer.text)
            } else {
                for way in ways { print("\(way.channel): \(way.words)") }
            }
            if ways.contains(where: { $0.result != "delivered" }) { throw ExitCode.failure }
        }

        private struct Answer: Decodable {
            struct Way: Decodable {
                var channel: String
                var result: String
                var answer: String

                var words: String {
                    switch result {
                    case "delivered": "delivered"
                    case "retry": "not delivered, and trying again can help: \(answer)"
                    default: "refused: \(answer)"
                    }
                }
            }

            var ways: [Way]
        }
    }
}
