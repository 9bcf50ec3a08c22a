/// Tells one entry of a table from another; of one that is over it is never valid again.
package struct TablePlace: Hashable, Sendable {
    var index: UInt32
    /// 24 bits of it count.
    var generation: UInt32
}

/// What a `PlaceTable` keeps. Generation and moment are the table's to set.
protocol TableEntry: Sendable {
    /// Tells who has the place from who had it before.
    var generation: UInt32 { get set }
    /// When it is to be looked at again: the only one of its moments in the queue that counts; nil when none does.
    var due: Moment? { get set }
    /// Whether it is over, and only remembered.
    var isOver: Bool { get }
}

/// What is under way, and the memory of what is over: each has a place, and a moment when it is to be looked at again.
///
/// A place is used again only when as many others wait for it as are in use, so that what comes late is still known for
/// what it is.
struct PlaceTable<Entry: TableEntry>: Sendable {
    private var entries: [Entry] = []
    private var queue = DueQueue<Moment, TablePlace>()
    /// Places of what is over, the longest first.
    private var free = FirstInQueue<UInt32>()
    private let remembered: Int

    init(remembering remembered: Int) {
        self.remembered = max(1, remembered)
    }

    var count: Int { entries.count }

    /// By what stands there, not copied out and in: this is done several times for each packet.
    subscript(index: Int) -> Entry {
        _read { yield entries[index] }
        _modify { yield &entries[index] }
    }

    /// When something has to be looked at, unless that is over by now.
    var nextMoment: Moment? { queue.earliest?.moment }

    /// The index that the next entry is to have; where there is one already, that is forgotten.
    mutating func vacancy() -> Int {
        guard free.count >= max(remembered, count / 2), let index = free.popFirst() else { return count }
        return Int(index)
    }

    mutating func put(_ entry: Entry, at index: Int) -> TablePlace {
        if index < entries.count {
            let generation = (entries[index].generation + 1) & 0xff_ffff
            entries[index] = entry
            entries[index].generation = generation
        } else {
            entries.append(entry)
        }
        return place(at: index)
    }

    /// It is over: what stands there is remembered until somebody else needs the place.
    mutating func leave(_ place: TablePlace) {
        free.append(place.index)
    }

    func place(at index: Int) -> TablePlace {
        TablePlace(index: UInt32(index), generation: entries[index].generation)
    }

    func isUnderWay(_ place: TablePlace) -> Bool {
        let index = Int(place.index)
        return index < entries.count && entries[index].generation == place.generation && !entries[index].isOver
    }

    /// All that are under way.
    var places: [TablePlace] { entries.indices.filter { !entries[$0].isOver }.map { place(at: $0) } }

    mutating func schedule(_ place: TablePlace, at moment: Moment) {
        entries[Int(place.index)].due = moment
        queue.add(.init(moment: moment, value: place))
        queue.compactNowAndThen { [entries] entry in
            let other = entries[Int(entry.value.index)]
            return !other.isOver && other.generation == entry.value.generation && other.due == entry.moment
        }
    }

    /// The next that is to be looked at, nil when nothing is due.
    mutating func popDue(at now: Moment) -> TablePlace? {
        while let first = queue.earliest {
            let counts = isUnderWay(first.value) && entries[Int(first.value.index)].due == first.moment
            // Spent ones go as soon as they are first: nobody is to wake for them.
            guard !counts || first.moment <= now else { return nil }
            queue.removeFirst()
            if counts { return first.value }
        }
        return nil
    }
}
