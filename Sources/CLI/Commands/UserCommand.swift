import Accounts
import ArgumentParser
import Foundation
import Storage
import Vocabulary

/// `haidang user reset NAME`: a new one-time password, on the collector's own machine.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "The people who may sign in.", subcommands: [Reset.self])

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a person a new one-time password; works on the collector's own machine only.")

        @Argument(help: "The person's name.")
        var name: String

        @OptionGroup var collector: CollectorOptions

        func run() async throws {
            let folder = try collector.stateFolder()
            let database = try await Database(path: "\(folder)/haidang.sqlite", readers: 1)
            let name = name
            guard try await database.read({ try PersonStore($0).person(named: name) }) != nil else {
                throw CommandError("there is no person \"\(name)\"")
            }
            let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
            print(try await PasswordReset(folder: folder, database: database).reset(name, at: now))
        }
    }
}
