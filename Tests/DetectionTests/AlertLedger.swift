import Detection
import Vocabulary

/// What the simulation itself keeps of what the engine said, so that it need not believe the engine's own memory.
struct AlertLedger {
    /// Who was told of an incident and is owed a recovery; for which importance.
    var owed: [Int64: Importance] = [:]
    var over: Set<Int64> = []
    /// When receivers first heard of an incident; each hears of a problem once.
    var heard: [Int64: Instant] = [:]
    /// The open alerts as they were last said to be.
    var alerts: [Int64: Alert] = [:]
    /// Since when nothing holds an alert.
    var free: [Int64: Instant] = [:]
    /// Alerts that something holds although a way is left or none is declared: joined by likelihood, and by what.
    var kin: [Int64: Int64] = [:]
    /// When an alert last came to show otherwise.
    var changed: [Int64: Instant] = [:]
    /// When the failures of each check began that became an alert, the last few.
    var beginnings: [Int64: [Instant]] = [:]
    /// Until when somebody has an incident, before the step that is looked at.
    var heldUntil: [Int64: Instant] = [:]
    /// The newest incident of work that was not up at its end, and when that was.
    var overrun: (incident: Int64, at: Instant)?
    /// The open alert of a check.
    var byCheck: [Int64: Int64] = [:]
}
