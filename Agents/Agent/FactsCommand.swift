import ArgumentParser
import Documents
import HostFacts
import Vocabulary

/// `haidang-agent facts`: what this machine is, and what of it cannot be seen.
struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts", abstract: "Print what this machine is, as the collector would hear it.")

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let sheet = HostFacts().read()
        guard json else {
            for fact in sheet.facts { print("\(fact.path) = \(fact.value)") }
            for spot in sheet.blindSpots {
                print("cannot see \(spot.code): \(spot.detail)\(spot.remedy.isEmpty ? "" : "; try: \(spot.remedy)")")
            }
            return
        }
        let spots = sheet.blindSpots.map { spot in
            JSONText.object([
                ("code", .text(spot.code)), ("detail", .text(spot.detail)), ("remedy", .text(spot.remedy)),
            ])
        }
        print(
            JSONText.object([
                ("facts", .object(sheet.facts.map { ($0.path, .text($0.value)) })), ("blindSpots", .array(spots)),
            ]))
    }
}
