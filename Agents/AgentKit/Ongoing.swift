internal import ProbeKit

/// The runs that go on, and when something happens to them although nobody answers.
///
/// An alarm is not taken back when its ask is answered: it finds a run that is over, or an ask that is.
struct Ongoing: Sendable {
    typealias ID = UInt64

    /// One scheduled run with the burst that may follow from it.
    struct Entry: Sendable {
        let id: ID
        let run: Schedule.Run
        let planned: Assignment.Planned
        /// After how long an ask without an answer is overdue.
        let patience: Duration?
        var inquiry: Inquiry
    }

    private var entries: [ID: Entry] = [:]
    private var alarms = DueQueue<ContinuousClock.Instant, RunEvent>()
    private var lastID: ID = 0

    /// When the next alarm is due; may lie in the past.
    var next: ContinuousClock.Instant? { alarms.first?.due }

    /// A run that begins; to be put back with `put` once it has an ask.
    mutating func begin(
        _ run: Schedule.Run, _ planned: Assignment.Planned, overlapping: Bool, patience: Duration?
    ) -> Entry {
        lastID += 1
        return Entry(
            id: lastID, run: run, planned: planned, patience: patience, inquiry: Inquiry(overlapping: overlapping))
    }

    /// Takes a run out, to be put back as long as it goes on; nil when it is over.
    mutating func take(_ id: ID) -> Entry? {
        entries.removeValue(forKey: id)
    }

    mutating func put(_ entry: Entry) {
        entries[entry.id] = entry
    }

    mutating func alarm(_ event: RunEvent, at time: ContinuousClock.Instant) {
        alarms.insert(event, due: time)
    }

    /// An alarm whose time has come.
    mutating func alarm(at now: ContinuousClock.Instant) -> RunEvent? {
        guard let first = alarms.first, first.due <= now else { return nil }
        return alarms.removeFirst()?.value
    }
}
