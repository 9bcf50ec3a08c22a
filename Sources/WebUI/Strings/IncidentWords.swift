import Vocabulary

/// What is said of incidents, and of why there was a message or none.
struct IncidentWords: Sendable {
    let title, alsoAffected, unaffected, quiet, explanations, decisions, noDecisions, messages, noMessages, route, kind,
        sent, waits, coincidence, problem, worse, reminder, recovery,
        unseenAsset: String
    /// That it still is what it was.
    let still: @Sendable (_ standing: String) -> String
    /// Who had it until when, and who has it, perhaps until when.
    let wasHeld: @Sendable (_ name: String, _ until: String) -> String
    let isHeld: @Sendable (_ name: String, _ until: String?) -> String
    let andMore: @Sendable (Int) -> String
    let site: @Sendable (String) -> String
    let shared: @Sendable (String) -> String
    let beside: @Sendable (String) -> String
    /// The maintenance, and who works on it or nobody.
    let overran: @Sendable (String, String) -> String
    let leftover: @Sendable (String) -> String
    /// What an explanation rests on: how many of the failing it would explain, and how many below it fail.
    let evidence: @Sendable (_ explains: Int, _ of: Int, _ failing: Int, _ below: Int) -> String
    /// A decision; `{key}` stands for what belongs to it.
    let verdict: @Sendable (KnownVerdict) -> String
}

/// Who has an incident, and what people say of it.
struct IncidentNoteWords: Sendable {
    let title, nobody, note, until, untilHint, acknowledge, takeOver, release, comment, send, acknowledged, released,
        commented: String
    let problem: @Sendable (IncidentPage.Problem) -> String
}

/// The decisions there are; raw values as stored.
package enum KnownVerdict: String, CaseIterable, Sendable {
    case opened
    case maintenance = "in-maintenance"
    case hours = "outside-hours"
    case overran
    case causeQuiet = "cause-quiet"
    case caused
    case unreachable
    case waits
    case joinedSite = "joined-site"
    case joinedShared = "joined-shared"
    case joinedBeside = "joined-beside"
    case joinedCoincidence = "joined-coincidence"
    case toldProblem = "told-problem"
    case toldWorse = "told-worse"
    case toldReminder = "told-reminder"
    case acknowledged
    case acknowledgedUntil = "acknowledged-until"
    case released
    case worseHeld = "worse-held"
    case lapsed
    case handed
    case brief
    case heldThroughout = "held-throughout"
    case flapping
    case settles
    case awaitsNews = "awaits-news"
    case stillFailing = "still-failing"
    case noNews = "no-news"
    case unknown
    case resolved
    case over
    // Beside the decisions: what they rest on, and what became of them.
    case observed
    case delivered
    case notDelivered = "not-delivered"
    case deliveryWaits = "delivery-waits"
    case deliveryHeld = "delivery-held"
    case deliveredHeld = "delivered-held"
}

/// One decision in words.
package struct DecisionSentence: Hashable, Sendable {
    /// Details whose value is a time, and those whose value is a number of seconds.
    private static let times: Set<String> = ["until", "after", "since", "held"]
    private static let spans: Set<String> = ["lasted", "within"]

    package let text: String

    /// `verdict` and `detail` as stored; a verdict that no language knows stands as it is.
    package init(verdict: String, detail: [(key: String, value: String)], language: Language) {
        let words = Words.of(language)
        let calendar = WallCalendar(language: language, offsetMinutes: 420)
        let word = verdict == "joined" ? "joined-\(detail.first { $0.key == "cause" }?.value ?? "")" : verdict
        guard let known = KnownVerdict(rawValue: word) else {
            text = ([verdict] + detail.map { "\($0.key) \($0.value)" }).joined(separator: ", ")
            return
        }
        var sentence = words.incident.verdict(known)
        for (key, value) in detail {
            let shown =
                if Self.times.contains(key), let time = Int64(value) {
                    calendar.dateAndTime(Instant(microseconds: time))
                } else if Self.spans.contains(key), let seconds = Int64(value) {
                    words.duration(.seconds(seconds))
                } else {
                    value
                }
            sentence = sentence.replacing("{\(key)}", with: shown)
        }
        // An end that nobody knows, e.g. of work without one.
        for key in Self.times { sentence = sentence.replacing("{\(key)}", with: "…") }
        // An asset that the reader may not see is left out of what belongs to the decision.
        sentence = sentence.replacing("{asset}", with: words.incident.unseenAsset)
        text = sentence
    }
}
