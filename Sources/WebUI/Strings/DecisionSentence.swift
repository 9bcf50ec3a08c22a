import Vocabulary

/// One decision in words.
package struct DecisionSentence: Hashable, Sendable {
    /// Details whose value is a time, and those whose value is a number of seconds.
    private static let times: Set<String> = ["until", "after", "since", "held", "next"]
    private static let spans: Set<String> = ["lasted", "within", "patience", "window", "lead", "calm"]

    package let text: String

    /// `verdict` and `detail` as stored; a verdict that no language knows stands as it is.
    package init(verdict: String, detail: [(key: String, value: String)], language: Language) {
        let words = Words.of(language)
        let word = verdict == "joined" ? "joined-\(detail.first { $0.key == "cause" }?.value ?? "")" : verdict
        guard let known = KnownVerdict(rawValue: word) else {
            text = ([verdict] + detail.map { "\($0.key) \($0.value)" }).joined(separator: ", ")
            return
        }
        let values = Dictionary(detail.map { ($0.key, $0.value) }) { first, _ in first }
        text = Holes(words.incident.verdict(known)).filled { key in
            // An asset that the reader may not see is left out of what belongs to the decision.
            guard let value = values[key] else { return key == "asset" ? words.incident.unseenAsset : nil }
            return Self.shown(value, as: key, values, words, language)
        }
    }

    /// A detail as people read it.
    private static func shown(
        _ value: String, as key: String, _ values: [String: String], _ words: Words, _ language: Language
    ) -> String {
        if times.contains(key), let time = Int64(value) {
            return WallCalendar(language: language, offsetMinutes: 420).dateAndTime(Instant(microseconds: time))
        }
        if spans.contains(key), let seconds = Int64(value) { return words.duration(.seconds(seconds)) }
        switch key {
        case "state":
            let state = State.allCases.first { $0.word == value }
            return state.map { words.standing(Standing($0)).lowercased() } ?? value
        case "code", "reason": return words.sentence(Reason(value, step: values["step"] ?? "")).headline
        case "expected", "got": return words.said(value) ?? value
        case "importance": return Importance(rawValue: value).map(words.incident.importance) ?? value
        case "kind":
            return switch value {
            case "problem": words.incident.problem
            case "worse": words.incident.worse
            case "reminder": words.incident.reminder
            case "recovery": words.incident.recovery
            default: value
            }
        default: return value
        }
    }
}
