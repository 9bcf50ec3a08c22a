import ArgumentParser

/// `haidang secret`: credentials by name; none is ever shown again.
struct SecretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Named credentials, encrypted at rest and never shown again.",
        subcommands: [List.self, Set.self, Remove.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The secrets' names, when they were set, and what logs in with them.")

        @OptionGroup var collector: CollectorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let answer = try await Collector(collector).ask("GET", "secrets")
            if output.json {
                print(answer.text)
                return
            }
            var table = Table(["SECRET", "SET", "USED BY"])
            for secret in try answer.decoded(as: [Secret].self) {
                table.add([
                    secret.name, secret.changed,
                    secret.usedBy.isEmpty ? "nothing" : secret.usedBy.joined(separator: ", "),
                ])
            }
            print(table.text)
        }

        private struct Secret: Decodable {
            var name: String
            var changed: String
            var usedBy: [String]
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a secret from the first line of standard input, never from the command line.")

        @Argument(help: "The secret's name.")
        var name: String

        @Flag(help: "Take all lines: of SNMPv3 the second is the privacy password.")
        var lines = false

        @OptionGroup var collector: CollectorOptions

        func run() async throws {
            var read: [String] = []
            while lines || read.isEmpty, let line = readLine(strippingNewline: true) { read.append(line) }
            let value = read.joined(separator: "\n")
            guard !value.isEmpty else { throw CommandError("standard input holds no secret") }
            _ = try await Collector(collector).ask("PUT", "secrets/\(name.inPath)", body: Array(value.utf8))
            print("the secret \(name) is set")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a secret; refused while something logs in with it.")

        @Argument(help: "The secret's name.")
        var name: String

        @OptionGroup var collector: CollectorOptions

        func run() async throws {
            _ = try await Collector(collector).ask("DELETE", "secrets/\(name.inPath)")
            print("the secret \(name) is removed")
        }
    }
}
