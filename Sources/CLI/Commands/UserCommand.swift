import Accounts
import ArgumentParser
import Foundation
import Storage
import Vocabulary

/// `haidang user`: the people who may sign in, and their tokens.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "The people who may sign in, and their API tokens.",
        discussion: """
            Works on the collector's own machine only, on its database: who may write the state folder may say who \
            signs in. The collector may run meanwhile; what changes counts from the next request on. Every change is \
            in the audit, as done by "machine".
            """,
        subcommands: [List.self, Add.self, Remove.self, Token.self, Reset.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Everybody, and what their tokens are for.")

        @OptionGroup var collector: CollectorOptions

        @Flag(help: "Print it as JSON.")
        var json = false

        func run() async throws {
            let people = try await People(database: try await collector.database()).all().map(Listed.init)
            if json {
                print(try jsonText(people))
                return
            }
            var table = Table(["NAME", "ROLE", "SEES", "PASSWORD", "TOKENS"])
            for person in people {
                table.add([
                    person.name, person.role, person.unit ?? "everything",
                    person.mustChangePassword ? "one-time" : "own",
                    person.tokens.map { "\($0.purpose) (\($0.created.prefix(10)))" }.joined(separator: ", "),
                ])
            }
            print(table.text)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person and print the one-time password that they sign in with.")

        @Argument(help: "The name they sign in with: lower-case letters, digits, dot, hyphen, underscore.")
        var name: String

        @Option(help: "administrator changes things; reader sees them.")
        var role: Role = .reader

        @Option(help: "A reader sees this unit and those below it, and nothing else.")
        var unit: String?

        @OptionGroup var collector: CollectorOptions

        func run() async throws {
            let people = People(database: try await collector.database())
            print(try await people.add(name, role: role, unit: unit, at: .now))
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a person; their sessions and tokens end at once.")

        @Argument(help: "The person's name.")
        var name: String

        @OptionGroup var collector: CollectorOptions

        func run() async throws {
            try await People(database: try await collector.database()).remove(name, at: .now)
            print("\(name) is removed")
        }
    }

    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an API token in a person's name and print it, once.",
            discussion: "A token may do and see what the person may. One that was made for the same purpose ends.")

        @Argument(help: "The person's name.")
        var name: String

        @Option(help: "What the token is for, e.g. \"dashboard in room 3\".")
        var purpose: String

        @Flag(help: "Take the token of that purpose back instead.")
        var revoke = false

        @OptionGroup var collector: CollectorOptions

        func run() async throws {
            let people = People(database: try await collector.database())
            if revoke {
                try await people.revokeToken(of: name, purpose: purpose, at: .now)
                print("the token of \(name) for \"\(purpose)\" is taken back")
            } else {
                print(try await people.makeToken(for: name, purpose: purpose, at: .now))
            }
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a person a new one-time password and print it; their sessions end.")

        @Argument(help: "The person's name.")
        var name: String

        @OptionGroup var collector: CollectorOptions

        func run() async throws {
            let (folder, database, name) = (try collector.stateFolder(), try await collector.database(), name)
            guard try await database.read({ try PersonStore($0).person(named: name) }) != nil else {
                throw CommandError("there is no person \"\(name)\"")
            }
            print(try await PasswordReset(folder: folder, database: database).reset(name, at: .now))
        }
    }

    private struct Listed: Encodable {
        struct Token: Encodable {
            var purpose: String
            var created: String
        }

        var name: String
        var role: String
        var unit: String?
        var mustChangePassword: Bool
        var tokens: [Token]

        init(_ person: PersonStore.Person, _ tokens: [PersonStore.Token]) {
            name = person.name
            role = person.role.rawValue
            unit = person.unit
            mustChangePassword = person.mustChangePassword
            self.tokens = tokens.map { Token(purpose: $0.purpose, created: $0.created.description) }
        }
    }
}

extension Role: ExpressibleByArgument {}

extension CollectorOptions {
    /// The database of the collector on this machine.
    func database() async throws -> Database {
        let path = "\(try stateFolder())/haidang.sqlite"
        guard FileManager.default.fileExists(atPath: path) else { throw CommandError("\(path) is not there") }
        return try await Database(path: path, readers: 1)
    }
}
