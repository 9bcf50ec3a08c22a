import ArgumentParser
import Foundation

/// `haidang comment`: what others should know of an incident.
struct CommentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment", abstract: "Add a comment to an incident, also to one that is over.")

    @Argument(help: "The number of the incident.")
    var incident: Int64

    @Argument(help: "The comment.")
    var text: String

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask(
            "POST", "incidents/\(incident)/comments", body: Array(try JSONEncoder().encode(["text": text])))
        print(output.json ? answer.text : "incident \(incident) has the comment")
    }
}
