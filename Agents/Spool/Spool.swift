internal import SQLite
internal import Vocabulary

/// The agent's durable queue: what was appended is on the disk when `append` returns, until it is removed.
///
/// An actor owns the one connection, which is not Sendable and never leaves it. An actor rather than a lock, because
/// a flush to a slow disk takes tens of milliseconds: callers wait suspended, and block no thread that probes run on.
package actor Spool {
    package let path: String
    private let bounds: SpoolBounds
    private let monotonic: @Sendable () -> ContinuousClock.Instant
    private let random: @Sendable () -> UInt64
    private let notice: @Sendable (String) -> Void
    private var file: SpoolFile
    private let opened: ContinuousClock.Instant
    private var stampAtOpening: Int64
    /// Losses that the disk would not take down; written with the next append that works.
    private var unwritten = ClassCounts()
    private var damagedFiles: UInt64 = 0

    /// Opens or founds the spool at `path`; its folder must be there.
    ///
    /// A damaged file, or one that is not a spool, is moved to `path.damaged` and a new spool begun; `notice` hears
    /// of it. Throws only when no file can be used there at all.
    package init(
        path: String, bounds: SpoolBounds = SpoolBounds(),
        monotonic: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        random: @escaping @Sendable () -> UInt64 = { .random(in: 1 ... .max) },
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(SpoolError) {
        self.path = path
        self.bounds = bounds
        self.monotonic = monotonic
        self.random = random
        self.notice = notice
        opened = monotonic()
        var aside: UInt64 = 0
        do {
            file = try SpoolFile(path: path, random: random)
        } catch {
            let problem = spoolError(error)
            guard case .damaged(let why) = problem else { throw problem }
            try DamagedFile.moveAside(path)
            notice("spool \(path) moved to \(DamagedFile.name(for: path)) and a new one begun: \(why)")
            aside = 1
            do { file = try SpoolFile(path: path, random: random) } catch { throw spoolError(error) }
        }
        do {
            stampAtOpening = Int64(bitPattern: try file.tally(TallyName.stamp))
            damagedFiles = try file.tally(TallyName.damaged) + aside
            if aside > 0 { try file.setTally(TallyName.damaged, to: damagedFiles) }
        } catch { throw spoolError(error) }
    }

    /// Puts reports on the disk, all or none, and drops older ones when that goes beyond the bounds.
    ///
    /// With `replacing`, reports of that subject still waiting are taken out first: the new ones say all they said.
    /// With `keeping`, documents are kept as `keep` does, together with the reports or not at all.
    /// When it throws, the reports are lost and counted as dropped; the spool goes on.
    @discardableResult
    package func append(
        _ reports: [OutgoingReport], replacing subject: String = "", keeping documents: [String: [UInt8]] = [:]
    ) throws(SpoolError) -> [UInt64] {
        do {
            return try using { file in
                let stamp = self.stamp
                let losses = self.unwritten
                let sequences = try file.write(durable: true) {
                    if !subject.isEmpty {
                        let older = try file.connection.rows(
                            "SELECT sequence FROM report WHERE subject = ? AND subject <> ''", subject
                        ) { $0.unsigned(0) }
                        try file.replace(older)
                    }
                    var sequences: [UInt64] = []
                    for report in reports {
                        sequences.append(try file.insert(report, stamp: stamp))
                    }
                    for (name, body) in documents {
                        try file.connection.run("INSERT OR REPLACE INTO kept (name, body) VALUES (?, ?)", name, body)
                    }
                    try file.countDropped(losses)
                    try file.setTally(TallyName.stamp, to: UInt64(bitPattern: stamp))
                    try file.makeRoom(self.bounds, stamp: stamp)
                    return sequences
                }
                self.unwritten = ClassCounts()
                return sequences
            }
        } catch {
            for report in reports { unwritten[report.kind] &+= 1 }
            throw spoolError(error)
        }
    }

    /// The next reports to send: states, facts and findings oldest first, then samples newest first; at least one if any.
    package func next(bytes: Int, reports: Int) throws(SpoolError) -> [SpooledReport] {
        try wrapped { try using { try $0.next(bytes: bytes, reports: reports) } }
    }

    /// Forgets what the collector has; numbers the spool does not hold are no error.
    package func remove(acknowledged sequences: [UInt64]) throws(SpoolError) {
        guard !sequences.isEmpty else { return }
        try wrapped {
            try using { file in
                _ = try file.write(durable: false) { try file.remove(sequences) }
                // A few pages at a time: giving a whole backlog back at once would stall the next append.
                try file.connection.script("PRAGMA incremental_vacuum(256)")
            }
        }
    }

    /// Takes a report that will never be accepted out of the way, keeping the newest few for inspection.
    package func setAside(refused sequence: UInt64, problem: String) throws(SpoolError) {
        try wrapped {
            try using { file in try file.write(durable: false) { try file.setAside(sequence, problem: problem) } }
        }
    }

    /// The newest refused reports that are still kept, newest first.
    package func refused() throws(SpoolError) -> [RefusedReport] {
        try wrapped {
            try using { file in
                try file.connection.rows("SELECT sequence, class, sealed, problem FROM refused ORDER BY sequence DESC")
                {
                    RefusedReport(
                        sequence: $0.unsigned(0), kind: ReportClass(rawValue: Int($0.integer(1))) ?? .samples,
                        sealed: Instant(microseconds: $0.integer(2)), problem: $0.text(3))
                }
            }
        }
    }

    /// Counts reports that were lost before they could be appended.
    package func countLost(_ counts: ClassCounts) {
        unwritten = unwritten + counts
    }

    /// What the spool holds and has lost, this moment.
    package func state() throws(SpoolError) -> SpoolState {
        let oldest = try wrapped {
            try using { file in
                try file.connection.row("SELECT sealed FROM report ORDER BY sequence LIMIT 1") {
                    Instant(microseconds: $0.integer(0))
                }
            }
        }
        return SpoolState(
            stream: file.stream, reports: file.totals.reports, bytes: file.totals.bytes, oldest: oldest,
            dropped: file.totals.dropped + unwritten, replaced: file.totals.replaced, refused: file.totals.refused,
            damagedFiles: damagedFiles)
    }

    /// Keeps a small document beside the reports, durably, e.g. the last good assignment.
    package func keep(_ body: [UInt8], as name: String) throws(SpoolError) {
        try wrapped {
            try using { file in
                try file.write(durable: true) {
                    try file.connection.run("INSERT OR REPLACE INTO kept (name, body) VALUES (?, ?)", name, body)
                }
            }
        }
    }

    /// The document kept under that name.
    package func kept(_ name: String) throws(SpoolError) -> [UInt8]? {
        try wrapped {
            try using { file in
                try file.connection.row("SELECT body FROM kept WHERE name = ?", name) { $0.blob(0) }
            }
        }
    }

    /// The spool's age in microseconds of running time: it stands still while the agent does not run.
    private var stamp: Int64 {
        let (sum, overflow) = stampAtOpening.addingReportingOverflow((monotonic() - opened).wholeMicroseconds)
        return overflow ? stampAtOpening : sum
    }

    /// Runs `body` on the file; one found damaged is moved aside, its reports counted, and `body` run on a new one.
    private func using<Result>(_ body: (SpoolFile) throws -> Result) throws -> Result {
        do {
            return try body(file)
        } catch {
            guard case .damaged(let why) = spoolError(error) else { throw error }
            let lost = file.totals
            let stamp = stamp
            try DamagedFile.moveAside(path)
            file = try SpoolFile(path: path, random: random)
            stampAtOpening = stamp - (monotonic() - opened).wholeMicroseconds
            damagedFiles += 1
            unwritten = unwritten + lost.dropped + lost.reports
            notice(
                "spool \(path) moved to \(DamagedFile.name(for: path)) with \(lost.reports.total) reports and a new one"
                    + " begun: \(why)")
            try file.setTally(TallyName.damaged, to: damagedFiles)
            return try body(file)
        }
    }
}

/// Runs `body` and gives every error its type.
private func wrapped<Result>(_ body: () throws -> Result) throws(SpoolError) -> Result {
    do { return try body() } catch { throw spoolError(error) }
}

/// What an error of the file means for the spool.
private func spoolError(_ error: any Error) -> SpoolError {
    switch error {
    case let error as SpoolError: error
    case let error as SQLiteError where error.isFull: .diskFull(error.description)
    case let error as SQLiteError where error.isCorrupt: .damaged(error.description)
    case let error as SQLiteError: .refused(error.description)
    default: .refused("\(error)")
    }
}

extension Spool {
    /// Pages of the file, 4 KiB each.
    package func pages() throws(SpoolError) -> Int64 {
        try wrapped { try using { try $0.connection.row("PRAGMA page_count") { $0.integer(0) } ?? 0 } }
    }

    /// The most pages the file may have from now on, whatever the bounds say; SQLite's default is billions.
    package func limitPages(to count: Int64) throws(SpoolError) {
        try wrapped { try using { try $0.connection.script("PRAGMA max_page_count = \(count)") } }
    }
}
