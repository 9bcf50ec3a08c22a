package import Vocabulary

/// Says which checks are due, from the monotonic clock alone.
///
/// Each check has a phase of its own, the hash of its name within its interval, so that a thousand checks of one
/// second spread over that second, on every agent and after every restart alike.
package struct Schedule: Sendable {
    /// One run that was handed out and has to be handed back with `finished`.
    package struct Run: Hashable, Sendable {
        package let name: CheckName
        let id: UInt64
    }

    private struct Entry {
        var interval: Int64
        var due: Int64
        var id: UInt64
        var isRunning = false
        var isConfirming = false
    }

    /// A new check is asked within this time, however long its interval: a certificate looked at once an hour must
    /// not stay unknown for an hour after a restart.
    private static let firstRunWithin: Int64 = 30_000_000
    /// About so many checks begin in a second, as far as thirty seconds suffice: a first answer costs more than those after it, because it changes what is
    /// believed, and ten thousand of them within a second kept each other from their turns.
    private static let firstRunsASecond: Int64 = 1000
    /// A run later than this and than its interval is not made up for: the machine slept, and every check would
    /// fire at once. It waits for its next turn instead, in its own phase.
    private static let patience: Int64 = 1_000_000

    private let epoch: ContinuousClock.Instant
    private var entries: [CheckName: Entry] = [:]
    /// By microseconds since the epoch.
    private var queue = DueQueue<Int64, Run>()
    private var lastID: UInt64 = 0
    /// Runs that were due while their predecessor was still going on.
    package private(set) var skipped: UInt64 = 0
    /// Runs given up because they came too late: the machine was suspended, or has more to do than it can.
    package private(set) var missed: UInt64 = 0

    package init(epoch: ContinuousClock.Instant) {
        self.epoch = epoch
    }

    package var count: Int { entries.count }

    /// When the next run is due; may lie in the past.
    package var next: ContinuousClock.Instant? {
        queue.first.map { epoch + .microseconds($0.due) }
    }

    /// Takes a new set of checks; those that stay with their interval keep their next turn.
    package mutating func replace(_ checks: [CheckName: Duration], at now: ContinuousClock.Instant) {
        let time = (now - epoch).wholeMicroseconds
        entries = entries.filter { checks[$0.key] != nil }
        let new = checks.keys.reduce(0) { $0 + (entries[$1] == nil ? 1 : 0) }
        let spread = min(Self.firstRunWithin, Int64(new) * 1_000_000 / Self.firstRunsASecond)
        // In order of name, so that equal inputs make equal schedules.
        for (name, interval) in checks.sorted(by: { $0.key < $1.key }) {
            let interval = max(interval.wholeMicroseconds, 1000)
            if entries[name]?.interval == interval { continue }
            if entries[name] != nil {
                entries[name]?.interval = interval
                entries[name]?.due = Self.turn(of: name, every: interval, after: time - 1)
            } else {
                lastID += 1
                let hash = stableHash(name.rawValue)
                let soon = time + Int64(hash % UInt64(Self.firstRunWithin))
                let begin = spread > interval ? time + Int64(hash % UInt64(spread)) : time
                let turn = Self.turn(of: name, every: interval, after: begin - 1)
                entries[name] = Entry(interval: interval, due: min(turn, soon), id: lastID)
            }
        }
        queue = DueQueue()
        for (name, entry) in entries {
            queue.insert(Run(name: name, id: entry.id), due: entry.due)
        }
    }

    /// The checks to run now, at most so many; the rest stay due.
    package mutating func due(at now: ContinuousClock.Instant, atMost limit: Int) -> [Run] {
        let time = (now - epoch).wholeMicroseconds
        var runs: [Run] = []
        while runs.count < limit, let first = queue.first, first.due <= time, let item = queue.removeFirst() {
            guard let place = entries.index(forKey: item.value.name), entries.values[place].id == item.value.id else {
                continue
            }
            var entry = entries.values[place]
            let lateness = time - item.due
            entry.due = Self.turn(of: item.value.name, every: entry.interval, after: time)
            queue.insert(item.value, due: entry.due)
            if lateness > max(entry.interval, Self.patience) {
                missed += 1
            } else if entry.isRunning {
                // A confirmation burst asks more often than the schedule does: nothing is skipped by it.
                if !entry.isConfirming { skipped += 1 }
            } else {
                entry.isRunning = true
                runs.append(item.value)
            }
            entries.values[place] = entry
        }
        return runs
    }

    /// The run goes on as a burst of its own.
    package mutating func confirming(_ run: Run) {
        guard entries[run.name]?.id == run.id else { return }
        entries[run.name]?.isConfirming = true
    }

    package mutating func finished(_ run: Run) {
        guard entries[run.name]?.id == run.id else { return }
        entries[run.name]?.isRunning = false
        entries[run.name]?.isConfirming = false
    }

    /// The first time after `time` that is the check's phase plus whole intervals.
    private static func turn(of name: CheckName, every interval: Int64, after time: Int64) -> Int64 {
        let phase = Int64(stableHash(name.rawValue) % UInt64(interval))
        guard time >= phase else { return phase }
        return phase + ((time - phase) / interval + 1) * interval
    }
}
