internal import SQLite
internal import Vocabulary

/// One open spool file: SQL and nothing else. Not Sendable; its owner is the `Spool` actor.
final class SpoolFile {
    /// What a report costs beside its body, so that a bound on bytes also bounds tiny reports.
    static let overhead: Int64 = 128
    /// Reports dropped in one go while making room: enough to be quick, few enough not to overshoot.
    private static let dropAtOnce = 16
    private static let refusedKept: Int64 = 64

    let connection: Connection
    let stream: UInt64
    private(set) var totals: Totals

    /// Sums kept in memory, so that an append need not add up a gigabyte.
    struct Totals {
        var reports = ClassCounts()
        var bytes: Int64 = 0
        var dropped = ClassCounts()
        var replaced: UInt64 = 0
        var refused: UInt64 = 0
    }

    init(path: String, random: () -> UInt64) throws {
        connection = try Connection(path: path)
        let tables = try connection.row("SELECT count(*) FROM sqlite_schema") { $0.integer(0) } ?? 0
        if tables == 0 {
            try Self.found(connection, stream: random())
        }
        try Self.migrate(connection)
        try Self.verify(connection)
        stream = try Self.tally(TallyName.stream, connection)
        totals = try Self.readTotals(connection)
    }

    private static func found(_ connection: Connection, stream: UInt64) throws {
        // A drained backlog gives its pages back; SQLite takes this setting only from an empty file outside WAL.
        try connection.script("PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
        try connection.script("PRAGMA journal_mode = WAL")
        try connection.transaction {
            try connection.script(SpoolSchema.script)
            try connection.run("INSERT INTO tally VALUES (?, ?)", TallyName.stream, stream)
        }
    }

    private static func migrate(_ connection: Connection) throws {
        let application = try connection.row("PRAGMA application_id") { $0.integer(0) } ?? 0
        let version = try connection.row("PRAGMA user_version") { $0.integer(0) } ?? 0
        guard application == SpoolSchema.application, version == 1 else { return }
        try connection.transaction { try connection.script(SpoolSchema.fromVersion1) }
    }

    private static func verify(_ connection: Connection) throws {
        let application = try connection.row("PRAGMA application_id") { $0.integer(0) } ?? 0
        let version = try connection.row("PRAGMA user_version") { $0.integer(0) } ?? 0
        guard application == SpoolSchema.application else {
            throw SpoolError.damaged("it is a database, but not a spool (application_id \(application))")
        }
        guard version == SpoolSchema.version else {
            throw SpoolError.damaged("it has version \(version) where this program writes \(SpoolSchema.version)")
        }
        let problem = try connection.row("PRAGMA quick_check(1)") { $0.text(0) } ?? "no answer"
        guard problem == "ok" else { throw SpoolError.damaged(problem) }
    }

    private static func readTotals(_ connection: Connection) throws -> Totals {
        var totals = Totals()
        let sums = try connection.rows("SELECT class, count(*), sum(bytes) FROM report GROUP BY class") {
            (ReportClass(rawValue: Int($0.integer(0))), $0.unsigned(1), $0.integer(2))
        }
        for case (let kind?, let count, let bytes) in sums {
            totals.reports[kind] = count
            totals.bytes += bytes + Int64(clamping: count) * overhead
        }
        for kind in ReportClass.allCases {
            totals.dropped[kind] = try tally(TallyName.dropped(kind), connection)
        }
        totals.replaced = try tally(TallyName.replaced, connection)
        totals.refused = try tally(TallyName.refused, connection)
        return totals
    }

    static func tally(_ name: String, _ connection: Connection) throws -> UInt64 {
        try connection.row("SELECT count FROM tally WHERE name = ?", name) { $0.unsigned(0) } ?? 0
    }

    func tally(_ name: String) throws -> UInt64 { try Self.tally(name, connection) }

    func setTally(_ name: String, to count: UInt64) throws {
        try connection.run(
            "INSERT INTO tally VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET count = excluded.count", name, count)
    }

    /// Runs `body` in one transaction; the sums in memory follow it only when it commits.
    ///
    /// A commit that is not `durable` reaches the disk with the next one that is: enough for removals, since a report
    /// that comes back after a power cut is sent twice and counted once.
    func write<Result>(durable: Bool, _ body: () throws -> Result) throws -> Result {
        try connection.script("PRAGMA synchronous = \(durable ? "FULL" : "NORMAL")")
        let before = totals
        do {
            return try connection.transaction(body)
        } catch {
            totals = before
            throw error
        }
    }

    func insert(_ report: OutgoingReport, stamp: Int64) throws -> UInt64 {
        try connection.run(
            "INSERT INTO report (class, sealed, stamp, bytes, subject, body) VALUES (?, ?, ?, ?, ?, ?)",
            report.kind.rawValue, report.sealed.microseconds, stamp, report.body.count, report.subject, report.body)
        totals.reports[report.kind] += 1
        totals.bytes += Int64(report.body.count) + Self.overhead
        return UInt64(bitPattern: connection.lastInserted)
    }

    /// Removes reports; those it does not have are no error.
    @discardableResult
    func remove(_ sequences: [UInt64]) throws -> ClassCounts {
        var removed = ClassCounts()
        for sequence in sequences {
            let found = try connection.row(
                "DELETE FROM report WHERE sequence = ? RETURNING class, bytes", sequence
            ) { (ReportClass(rawValue: Int($0.integer(0))), $0.integer(1)) }
            guard case (let kind?, let bytes)? = found else { continue }
            removed[kind] += 1
            totals.reports[kind] -= min(totals.reports[kind], 1)
            totals.bytes = max(0, totals.bytes - bytes - Self.overhead)
        }
        return removed
    }

    func setAside(_ sequence: UInt64, problem: String) throws {
        try connection.run(
            """
            INSERT OR REPLACE INTO refused (sequence, class, sealed, problem, body)
            SELECT sequence, class, sealed, ?, substr(body, 1, 65536) FROM report WHERE sequence = ?
            """, problem, sequence)
        guard connection.changes > 0 else { return }
        try remove([sequence])
        try connection.run(
            "DELETE FROM refused WHERE sequence NOT IN (SELECT sequence FROM refused ORDER BY sequence DESC LIMIT ?)",
            Self.refusedKept)
        totals.refused += 1
        try setTally(TallyName.refused, to: totals.refused)
    }

    /// Removes reports that the one to come says again. They are no loss, but leave a gap among the numbers.
    func replace(_ sequences: [UInt64]) throws {
        let removed = try remove(sequences).total
        guard removed > 0 else { return }
        totals.replaced += removed
        try setTally(TallyName.replaced, to: totals.replaced)
    }

    func drop(_ sequences: [UInt64]) throws {
        try countDropped(try remove(sequences))
    }

    func countDropped(_ counts: ClassCounts) throws {
        totals.dropped = totals.dropped + counts
        for kind in ReportClass.allCases where counts[kind] > 0 {
            try setTally(TallyName.dropped(kind), to: totals.dropped[kind])
        }
    }

    /// Drops what is older than the bounds allow, then the least precious until the rest fits.
    func makeRoom(_ bounds: SpoolBounds, stamp: Int64) throws {
        let limit = stamp - bounds.age.wholeMicroseconds
        for kind in ReportClass.allCases {
            // Stamps rise with sequences, so the first that is young enough ends the search.
            while totals.reports[kind] > 0 {
                let expired = try connection.rows(
                    "SELECT sequence, stamp FROM report WHERE class = ? ORDER BY sequence LIMIT \(Self.dropAtOnce)",
                    kind.rawValue
                ) { ($0.unsigned(0), $0.integer(1)) }.prefix { $0.1 < limit }.map(\.0)
                guard !expired.isEmpty else { break }
                try drop(expired)
            }
        }
        while totals.bytes > bounds.bytes, let victim = try leastPrecious() {
            try drop([victim])
        }
    }

    private func leastPrecious() throws -> UInt64? {
        let superseded = try connection.row(
            """
            SELECT min(older.sequence) FROM report AS older WHERE older.class = ? AND older.subject <> '' AND EXISTS (
                SELECT 1 FROM report AS newer
                WHERE newer.subject <> '' AND newer.subject = older.subject AND newer.sequence > older.sequence)
            """, ReportClass.facts.rawValue
        ) { $0.isNull(0) ? nil : $0.unsigned(0) }
        if case .some(.some(let sequence)) = superseded { return sequence }
        for kind in ReportClass.allCases where totals.reports[kind] > 0 {
            let oldest = try connection.row(
                "SELECT min(sequence) FROM report WHERE class = ?", kind.rawValue
            ) { $0.isNull(0) ? nil : $0.unsigned(0) }
            if case .some(.some(let sequence)) = oldest { return sequence }
        }
        return nil
    }
}
