import ArgumentParser
import Foundation

/// `haidang secret set NAME`: a credential, read from standard input, never from the command line.
struct SecretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Named credentials, encrypted at rest and never shown again.",
        subcommands: [Set.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a secret from the first line of standard input.")

        @Argument(help: "The secret's name.")
        var name: String

        @OptionGroup var collector: CollectorOptions

        func run() async throws {
            guard let value = readLine(strippingNewline: true), !value.isEmpty else {
                throw CommandError("standard input holds no secret")
            }
            let path = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            _ = try await Collector(collector).ask("PUT", "secrets/\(path)", body: Array(value.utf8))
            print("the secret \(name) is set")
        }
    }
}
