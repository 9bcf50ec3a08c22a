import Captures
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
    /// What is told besides, where it is to be explained.
    var capture: Capture?

    /// State, target, and why it is not up.
    var line: String {
        let state = answer.outcome.state.word
        let reason = answer.outcome.reason.map { "  \($0)" } ?? "  \(duration.milliseconds(places: 1))"
        return "\(state)  \(target)\(reason)"
    }

    var text: String {
        let state = answer.outcome.state.word
        var lines = [
            "\(state)\(answer.outcome.reason.map { ": \($0)" } ?? "") after \(duration.milliseconds(places: 1))"
        ]
        lines += answer.readings.map { "  \($0.metric.text) \($0.value)" }
        lines += answer.facts.map { "  \($0.path) = \($0.value)" }
        if let capture {
            lines += answer.trace.map { "  | \($0)" }
            for moment in capture.moments {
                lines += moment.lines.map { "  | \($0)" }
            }
        }
        return lines.joined(separator: "\n")
    }

    var json: String {
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
        if let capture {
            fields.append(("trace", .array(answer.trace.map(JSONText.text))))
            fields.append(("wire", .array(capture.moments.map(\.json))))
        }
        return JSONText.object(fields).description
    }
}

extension Capture.Moment {
    /// When, what, and the bytes indented below.
    fileprivate var lines: [String] {
        let when = "+\(offset.milliseconds(places: 1))"
        switch what {
        case .note(let words): return ["\(when)  \(words)"]
        case .bytes(let direction, let masked, let peer, let medium, let size):
            let way = direction == .sent ? "to" : "from"
            return ["\(when)  \(direction.rawValue) \(size) bytes by \(medium) \(way) \(peer)"]
                + masked.lines.map { $0.isEmpty ? "" : "    \($0)" }
        }
    }

    fileprivate var json: JSONText {
        var fields: [(String, JSONText)] = [("offsetSeconds", .number(offset.inSeconds))]
        switch what {
        case .note(let words): fields.append(("note", .text(words)))
        case .bytes(let direction, let masked, let peer, let medium, let size):
            fields += [
                ("direction", .text(direction.rawValue)), ("medium", .text(medium)), ("peer", .text(peer)),
                ("size", .number(Double(size))), ("bytes", .text(masked.hexadecimal)),
            ]
        }
        return .object(fields)
    }
}
