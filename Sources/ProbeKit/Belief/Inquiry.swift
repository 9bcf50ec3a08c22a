/// The asks of one scheduled run and of the burst that may follow from it: which to begin, and when it is over.
///
/// Whoever runs it begins asks and pauses, and tells what became of them.
package struct Inquiry: Sendable {
    /// More than this many unanswered asks at a time, and the burst waits.
    private static let most = 24

    private let overlaps: Bool
    /// The asks that go on; of each whether it was overdue.
    private var open: [Int: Bool] = [:]
    private var begun = 0
    private var isPausing = false
    /// Whether the last decision was to ask again, and after what pause.
    private var wish: Duration?

    package init(overlapping: Bool) {
        overlaps = overlapping
    }

    package var isOver: Bool { open.isEmpty && !isPausing }

    /// An ask begins; its number.
    package mutating func ask() -> Int {
        begun += 1
        open[begun] = false
        return begun
    }

    /// The first ask is the schedule's, the others are the burst's.
    package func isScheduled(_ ask: Int) -> Bool { ask == 1 }

    /// Whether an ask still goes on, that is overdue now.
    package mutating func isOverdue(_ ask: Int) -> Bool {
        guard open[ask] != nil else { return false }
        open[ask] = true
        return true
    }

    package func isOpen(_ ask: Int) -> Bool { open[ask] != nil }

    /// An ask is over; whether it was overdue.
    package mutating func end(_ ask: Int) -> Bool {
        open.removeValue(forKey: ask) ?? false
    }

    /// Takes a decision; the pause to make now, after which `pauseEnds` says whether to ask.
    package mutating func heed(_ pause: Duration?) -> Duration? {
        wish = pause
        return nextPause()
    }

    /// The pause is over: whether to ask again.
    package mutating func pauseEnds() -> Bool {
        isPausing = false
        return wish != nil
    }

    /// The pause that follows an ask of a burst at once, when asks overlap.
    package mutating func nextPause() -> Duration? {
        guard let wish, !isPausing, open.isEmpty || overlaps && open.count < Self.most else { return nil }
        isPausing = true
        return wish
    }
}
