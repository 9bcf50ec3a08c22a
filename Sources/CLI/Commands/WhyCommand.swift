import ArgumentParser
import Foundation

/// `haidang why`: what led to a message, or to none.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Why there was a message, or none.",
        discussion: """
            haidang why 42                  of an alert, by its number
            haidang why web-1/http          of a check, up to now
            haidang why web-1/http --at 2026-04-05T06:07:08Z
            """)

    @Argument(help: "The number of an alert, or the name of a check such as web-1/http.")
    var subject: String

    @Option(help: "What was known at this time (checks only): ISO 8601, or seconds since 1970.")
    var at: String?

    @Option(help: "vi or en.")
    var language = "en"

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard Int64(subject) != nil || subject.split(separator: "/").count == 2 else {
            throw ValidationError("\"\(subject)\" is neither the number of an alert nor a check such as web-1/http")
        }
        guard at == nil || Int64(subject) == nil else { throw ValidationError("--at is for checks") }
    }

    func run() async throws {
        let kind = Int64(subject) == nil ? "checks" : "alerts"
        var query = URLComponents()
        query.queryItems = [URLQueryItem(name: "language", value: language)]
        if let at { query.queryItems?.append(URLQueryItem(name: "at", value: at)) }
        let answer = try await Collector(collector).ask(
            "GET", "why/\(kind)/\(subject)?\(query.percentEncodedQuery ?? "")")
        if output.json {
            print(answer.text)
            return
        }
        let lines = try answer.decoded(as: [Line].self)
        for line in lines { print("\(line.time)  \(line.text)") }
        if lines.isEmpty { print("nothing was decided: it never failed, as far as is kept") }
    }

    private struct Line: Decodable {
        var time: String
        var text: String
    }
}
