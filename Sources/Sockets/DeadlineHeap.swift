/// The earliest of many deadlines, each with a key; moving one costs O(log n), dropping one next to nothing.
///
/// What was moved or dropped stays in the queue until it comes to the top, or until there is more of it than of what
/// counts: to know where each key stands, every exchange of two would have to write that down twice.
package struct DeadlineHeap<Key: Hashable & Sendable>: Sendable {
    /// The first of it always one that counts.
    private var queue = DueQueue<ContinuousClock.Instant, Key>()
    private var deadlines: [Key: ContinuousClock.Instant] = [:]

    package init() {}

    package var count: Int { deadlines.count }
    package var earliest: ContinuousClock.Instant? { queue.earliest?.moment }

    /// Adds the key, or moves it when it is there.
    package mutating func set(_ key: Key, at deadline: ContinuousClock.Instant) {
        guard deadlines.updateValue(deadline, forKey: key) != deadline else { return }
        queue.add(.init(moment: deadline, value: key))
        clear()
    }

    package mutating func remove(_ key: Key) {
        guard deadlines.removeValue(forKey: key) != nil else { return }
        clear()
    }

    /// Takes out the earliest key whose deadline has come.
    package mutating func popDue(at now: ContinuousClock.Instant) -> Key? {
        guard let first = queue.earliest, first.moment <= now else { return nil }
        remove(first.value)
        return first.value
    }

    private mutating func clear() {
        if queue.count > 64, queue.count > 2 * deadlines.count {
            // One that was moved away and back is there twice, which does no harm: the first that is taken ends both.
            queue.compact { deadlines[$0.value] == $0.moment }
        }
        while let first = queue.earliest, deadlines[first.value] != first.moment { queue.removeFirst() }
    }
}
