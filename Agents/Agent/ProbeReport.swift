import Documents
import ProbeKit
import Vocabulary

/// One run of a probe as a person or a program reads it.
struct ProbeReport {
    let kind: ProbeKind
    let target: String
    let time: Instant
    let duration: Duration
    let answer: Answer

    /// State, target, and why it is not up.
    var line: String {
        let state = answer.outcome.state.word
        let reason = answer.outcome.reason.map { "  \($0)" } ?? "  \(duration.milliseconds(places: 1))"
        return "\(state)  \(target)\(reason)"
    }

    func text(explained: Bool) -> String {
        let state = answer.outcome.state.word
        var lines = [
            "\(state)\(answer.outcome.reason.map { ": \($0)" } ?? "") after \(duration.milliseconds(places: 1))"
        ]
        lines += answer.readings.map { "  \($0.metric.text) \($0.value)" }
        lines += answer.facts.map { "  \($0.path) = \($0.value)" }
        if explained { lines += answer.trace.map { "  | \($0)" } }
        return lines.joined(separator: "\n")
    }

    func json(explained: Bool) -> String {
        var fields: [(String, JSONText)] = [
            ("kind", .text(kind.rawValue)), ("target", .text(target)), ("time", .text(time.description)),
            ("durationSeconds", .number(duration.inSeconds)), ("state", .text(answer.outcome.state.word)),
        ]
        if let reason = answer.outcome.reason {
            fields.append(
                (
                    "reason",
                    .object([
                        ("code", .text(reason.code)), ("step", .text(reason.step)),
                        ("expected", .text(reason.expected)),
                        ("got", .text(reason.got)),
                    ])
                ))
        }
        fields.append(("readings", .object(answer.readings.map { ($0.metric.text, .number($0.value)) })))
        fields.append(("facts", .object(answer.facts.map { ($0.path, .text($0.value)) })))
        if explained { fields.append(("trace", .array(answer.trace.map(JSONText.text)))) }
        return JSONText.object(fields).description
    }
}
