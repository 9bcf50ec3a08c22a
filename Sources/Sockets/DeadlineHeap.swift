/// The earliest of many deadlines, each with a key; moving or dropping one costs O(log n) and leaves nothing behind.
package struct DeadlineHeap<Key: Hashable & Sendable>: Sendable {
    private struct Entry: Sendable {
        var deadline: ContinuousClock.Instant
        var key: Key
    }

    private var entries: [Entry] = []
    private var places: [Key: Int] = [:]

    package init() {}

    package var count: Int { entries.count }
    package var earliest: ContinuousClock.Instant? { entries.first?.deadline }

    /// Adds the key, or moves it when it is there.
    package mutating func set(_ key: Key, at deadline: ContinuousClock.Instant) {
        if let place = places[key] {
            entries[place].deadline = deadline
            settle(place)
        } else {
            entries.append(Entry(deadline: deadline, key: key))
            places[key] = entries.count - 1
            settle(entries.count - 1)
        }
    }

    package mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        let last = entries.removeLast()
        guard place < entries.count else { return }
        entries[place] = last
        places[last.key] = place
        settle(place)
    }

    /// Takes out the earliest key whose deadline has come.
    package mutating func popDue(at now: ContinuousClock.Instant) -> Key? {
        guard let first = entries.first, first.deadline <= now else { return nil }
        remove(first.key)
        return first.key
    }

    private mutating func settle(_ start: Int) {
        var place = start
        while place > 0, entries[place].deadline < entries[(place - 1) / 2].deadline {
            exchange(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
        while true {
            let left = 2 * place + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child = right < entries.count && entries[right].deadline < entries[left].deadline ? right : left
            guard entries[child].deadline < entries[place].deadline else { return }
            exchange(place, child)
            place = child
        }
    }

    private mutating func exchange(_ first: Int, _ second: Int) {
        entries.swapAt(first, second)
        places[entries[first].key] = first
        places[entries[second].key] = second
    }
}
