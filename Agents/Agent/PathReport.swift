import Documents
import Sockets
import Vocabulary

/// The path to a host, and how much passes whole, as a person or a program reads it.
struct PathReport {
    let name: String
    let trace: PathTrace
    /// Nil when it was not asked for, or nothing passed.
    let mtu: PathMTU?

    var text: String {
        var lines = ["path to \(name)\(name == trace.target.literal ? "" : " (\(trace.target.literal))")"]
        let width = trace.hops.flatMap { $0.answerers.map(\.literal.count) }.max() ?? 1
        for hop in trace.hops {
            let number = hop.limit < 10 ? " \(hop.limit)" : "\(hop.limit)"
            guard let first = hop.answerers.first?.literal else {
                lines.append(" \(number)  *")
                continue
            }
            let padding = String(repeating: " ", count: width - first.count)
            let times = hop.roundTrips.map { $0.milliseconds(places: 3) }.joined(separator: "  ")
            let lost =
                hop.asked > hop.roundTrips.count ? "  \(hop.asked - hop.roundTrips.count) of \(hop.asked) lost" : ""
            lines.append(" \(number)  \(first)\(padding)  \(times)\(lost)")
            lines += hop.answerers.dropFirst().map { "     \($0.literal)" }
        }
        lines.append(endWords)
        if let mtu { lines.append("\(mtu.bytes) bytes pass whole\(mtu.ofLargerOnes)") }
        return lines.joined(separator: "\n")
    }

    var json: String {
        var fields: [(String, JSONText)] = [
            ("target", .text(name)), ("address", .text(trace.target.literal)),
            (
                "hops",
                .array(
                    trace.hops.map { hop in
                        .object([
                            ("limit", .integer(Int64(hop.limit))), ("asked", .integer(Int64(hop.asked))),
                            ("answerers", .array(hop.answerers.map { .text($0.literal) })),
                            ("roundTripSeconds", .array(hop.roundTrips.map { .number($0.inSeconds) })),
                        ])
                    })
            ),
            ("end", .text(endWord)), ("why", .text(endWords)),
        ]
        if let mtu {
            fields.append(("pathMTU", .integer(Int64(mtu.bytes))))
            fields.append(("largerOnes", .text(Self.word(mtu.limit))))
        }
        return JSONText.object(fields).description
    }

    /// 0 the host was reached, 2 it was not, 3 there was no time or no right to find out.
    var status: Int32 {
        switch trace.end {
        case .reached: 0
        case .refused, .silent: 2
        case .unfinished: 3
        }
    }

    private var endWord: String {
        switch trace.end {
        case .reached: "reached"
        case .refused: "refused"
        case .silent: "silent"
        case .unfinished: "unfinished"
        }
    }

    private var endWords: String {
        switch trace.end {
        case .reached: return "reached after \(trace.hops.count) hop\(trace.hops.count == 1 ? "" : "s")"
        case .refused(let fault): return "refused: \(fault)"
        case .silent:
            guard let last = trace.hops.last(where: { !$0.answerers.isEmpty }) else { return "nobody answers" }
            return "nobody answers after \(last.answerers[0].literal)"
        case .unfinished(let error?): return "cannot be asked: \(error)"
        case .unfinished(nil): return "not finished in time"
        }
    }

    private static func word(_ limit: PathMTU.Limit) -> String {
        switch limit {
        case .none: "not-asked"
        case .told: "refused"
        case .silence: "vanish"
        }
    }
}
