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
    let importance: @Sendable (Importance) -> String
    /// A decision as a template for `Holes`.
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
    case alreadyTold = "already-told"
    case noRoute = "no-route"
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
    case unheard
    case heardAgain = "heard-again"
    case found
    case delivered
    case notDelivered = "not-delivered"
    case deliveryWaits = "delivery-waits"
    case deliveryHeld = "delivery-held"
    case deliveredHeld = "delivered-held"
}
