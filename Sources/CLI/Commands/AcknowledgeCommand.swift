import ArgumentParser
import Foundation

/// `haidang acknowledge`: "I have it".
struct AcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "Say that you have an incident, and until when.",
        discussion: """
            haidang acknowledge 42                                      without an end: nothing is held back
            haidang acknowledge 42 --until 2026-11-28T22:00 --note "carrier called"
            haidang acknowledge 42 --release                            nobody has it any more

            Until that time nobody is told that it became worse; if it still fails then, one reminder goes to whoever \
            got the problem. Moments are in UTC+07:00 unless they say otherwise.
            """)

    @Argument(help: "The number of the incident.")
    var incident: Int64

    @Option(help: "Until when you have it.")
    var until: String?

    @Option(help: "What the others should know.")
    var note: String?

    @Flag(help: "Give it back instead.")
    var release = false

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !release || until == nil && note == nil else {
            throw ValidationError("--release goes with neither --until nor --note")
        }
    }

    func run() async throws {
        let order = try JSONEncoder().encode(Order(until: until, note: note))
        let answer = try await Collector(collector).ask(
            release ? "DELETE" : "POST", "incidents/\(incident)/acknowledgement", body: release ? [] : Array(order))
        if output.json {
            print(answer.text)
            return
        }
        let held = try answer.decoded(as: HeldIncident.self).acknowledged
        print("incident \(incident): \(held?.text ?? "nobody has it")")
    }

    private struct Order: Encodable {
        var until, note: String?
    }

    private struct HeldIncident: Decodable {
        var acknowledged: Holder?
    }
}

/// Who has an incident, as the API says it.
struct Holder: Decodable {
    var by: String
    var until: String?

    var cell: String { by + (until.map { " until \($0)" } ?? "") }

    var text: String { "\(by) has it" + (until.map { " until \($0)" } ?? "") }
}
