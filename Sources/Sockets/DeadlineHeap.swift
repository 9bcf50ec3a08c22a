/// The earliest of many deadlines, each with a key; moving one costs O(log n), dropping one next to nothing.
///
/// What was moved or dropped stays in the heap until it comes to the top, or until there is more of it than of what
/// counts: to know where each key stands, every exchange of two would have to write that down twice.
package struct DeadlineHeap<Key: Hashable & Sendable>: Sendable {
    private struct Entry: Sendable {
        var deadline: ContinuousClock.Instant
        var key: Key
    }

    /// A heap, the first of it always one that counts.
    private var entries: [Entry] = []
    private var deadlines: [Key: ContinuousClock.Instant] = [:]

    package init() {}

    package var count: Int { deadlines.count }
    package var earliest: ContinuousClock.Instant? { entries.first?.deadline }

    /// Adds the key, or moves it when it is there.
    package mutating func set(_ key: Key, at deadline: ContinuousClock.Instant) {
        guard deadlines.updateValue(deadline, forKey: key) != deadline else { return }
        entries.append(Entry(deadline: deadline, key: key))
        rise(entries.count - 1)
        clear()
    }

    package mutating func remove(_ key: Key) {
        guard deadlines.removeValue(forKey: key) != nil else { return }
        clear()
    }

    /// Takes out the earliest key whose deadline has come.
    package mutating func popDue(at now: ContinuousClock.Instant) -> Key? {
        guard let first = entries.first, first.deadline <= now else { return nil }
        remove(first.key)
        return first.key
    }

    /// Whether an entry is what was last said of its key.
    private func counts(_ entry: Entry) -> Bool { deadlines[entry.key] == entry.deadline }

    private mutating func clear() {
        if entries.count > 64, entries.count > 2 * deadlines.count {
            // Each key once: one that was moved away and back is there twice.
            entries = deadlines.map { Entry(deadline: $0.value, key: $0.key) }
            for place in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(place) }
        }
        while let first = entries.first, !counts(first) {
            let last = entries.removeLast()
            guard !entries.isEmpty else { return }
            entries[0] = last
            sink(0)
        }
    }

    private mutating func rise(_ start: Int) {
        var place = start
        while place > 0, entries[place].deadline < entries[(place - 1) / 2].deadline {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink(_ start: Int) {
        var place = start
        while true {
            let left = 2 * place + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child = right < entries.count && entries[right].deadline < entries[left].deadline ? right : left
            guard entries[child].deadline < entries[place].deadline else { return }
            entries.swapAt(place, child)
            place = child
        }
    }
}
