/// What is to be looked at again, in order of the moment.
///
/// A binary heap in which nothing is moved or taken out: who sets something anew adds a second entry, and asks of each
/// that comes due whether it still counts. That costs less than keeping track, because most are set once or twice; when
/// spent entries are many, `compact` drops them.
struct DueQueue<Time: Comparable & Sendable, Value: Sendable>: Sendable {
    struct Entry: Sendable {
        var moment: Time
        var value: Value
    }

    private var entries: [Entry] = []
    private var countAfterCompacting = 0

    var count: Int { entries.count }
    var earliest: Entry? { entries.first }

    mutating func add(_ entry: Entry) {
        var hole = entries.count
        entries.append(entry)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard entry.moment < entries[parent].moment else { break }
            entries[hole] = entries[parent]
            hole = parent
        }
        entries[hole] = entry
    }

    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        sink(last, from: 0)
    }

    mutating func compact(keeping counts: (Entry) -> Bool) {
        entries.removeAll { !counts($0) }
        for place in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(entries[place], from: place) }
    }

    /// Drops what does not count any more, once there are twice as many as after the last time.
    mutating func compactNowAndThen(keeping counts: (Entry) -> Bool) {
        guard count > 1024, count > 2 * countAfterCompacting else { return }
        compact(keeping: counts)
        countAfterCompacting = max(512, count)
    }

    private mutating func sink(_ entry: Entry, from start: Int) {
        var hole = start
        while true {
            var child = 2 * hole + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1].moment < entries[child].moment { child += 1 }
            guard entries[child].moment < entry.moment else { break }
            entries[hole] = entries[child]
            hole = child
        }
        entries[hole] = entry
    }
}
