internal import Vocabulary
internal import Wire

/// The text, cut to so many bytes of UTF-8 when it is longer.
func clipped(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    // A character cut in the middle becomes U+FFFD, three bytes.
    return String(decoding: text.utf8.prefix(max(0, limit - 3)), as: UTF8.self)
}

extension Outcome {
    /// With a reason short enough for the wire: one target's endless banner must not cost the whole report.
    var clippedForWire: Outcome {
        guard let reason else { return self }
        let short = Reason(
            clipped(reason.code, to: 100), step: clipped(reason.step, to: 100),
            expected: clipped(reason.expected, to: 2000), got: clipped(reason.got, to: 2000))
        return Outcome(state, reason: short)
    }
}

extension FactSheet {
    /// Without the facts that the collector would refuse the sheet for, and in order of path.
    var soundForWire: FactSheet {
        let sound = facts.filter { !$0.path.isEmpty && $0.path.utf8.count <= 1024 }
        var sheet = self
        sheet.facts = sound.map { Fact(path: $0.path, value: clipped($0.value, to: Limits.textBytes)) }
        sheet.facts.sort { ($0.path, $0.value) < ($1.path, $1.value) }
        return sheet
    }
}

extension Finding {
    /// Cut to what the collector takes.
    var soundForWire: Finding {
        var finding = self
        finding.rule = clipped(rule, to: 100)
        finding.subject = clipped(subject, to: 1000)
        finding.evidence = evidence.prefix(Limits.evidencePerFinding).map {
            Evidence(clipped($0.field, to: 100), clipped($0.text, to: 16 << 10))
        }
        return finding
    }
}
