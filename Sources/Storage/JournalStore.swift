package import SQLite
package import Vocabulary

/// Reports between their arrival and their effect, and the receipts that make resending safe.
package struct JournalStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A report as it lies in the journal.
    package struct Entry: Hashable, Sendable {
        package var id: Int64
        package var agent: String
        package var received: Instant
        package var body: [UInt8]
    }

    /// Keeps a report unless it is known already; true when it is new.
    package func append(
        agent: String, stream: UInt64, sequence: UInt64, received: Instant, body: [UInt8]
    ) throws -> Bool {
        guard try record(agent: agent, stream: stream, sequence: sequence) else { return false }
        try connection.run(
            "INSERT INTO journal (agent_id, stream, sequence, received, body) VALUES (?, ?, ?, ?, ?)",
            agent, stream, sequence, received.microseconds, body)
        return true
    }

    /// The oldest entries after this one that are not yet applied.
    package func pending(after id: Int64 = 0, limit: Int) throws -> [Entry] {
        try connection.rows(
            "SELECT id, agent_id, received, body FROM journal WHERE id > ? ORDER BY id LIMIT ?", id, limit,
            as: Self.entry)
    }

    /// One entry, if it is not yet applied.
    package func entry(_ id: Int64) throws -> Entry? {
        try connection.row("SELECT id, agent_id, received, body FROM journal WHERE id = ?", id, as: Self.entry)
    }

    private static func entry(_ row: borrowing Row) -> Entry {
        Entry(
            id: row.integer(0), agent: row.text(1), received: Instant(microseconds: row.integer(2)), body: row.blob(3))
    }

    package func pendingCount() throws -> Int {
        Int(try connection.row("SELECT count(*) FROM journal") { $0.integer(0) } ?? 0)
    }

    /// Forgets an entry whose effect lands in the same transaction.
    package func remove(_ id: Int64) throws {
        try connection.run("DELETE FROM journal WHERE id = ?", id)
    }

    /// The ranges of sequences that are durable, in order.
    package func receipts(agent: String, stream: UInt64) throws -> [ClosedRange<UInt64>] {
        try connection.rows(
            "SELECT first, last FROM receipt WHERE agent_id = ? AND stream = ? ORDER BY first", agent, stream
        ) { row in row.unsigned(0)...row.unsigned(1) }
    }

    /// Enters a sequence into the ranges, joining neighbours; false when it was there.
    private func record(agent: String, stream: UInt64, sequence: UInt64) throws -> Bool {
        let before = try connection.row(
            "SELECT first, last FROM receipt WHERE agent_id = ? AND stream = ? AND first <= ? ORDER BY first DESC LIMIT 1",
            agent, stream, sequence
        ) { (first: $0.unsigned(0), last: $0.unsigned(1)) }
        if let before, before.last >= sequence { return false }
        let after = try connection.row(
            "SELECT last FROM receipt WHERE agent_id = ? AND stream = ? AND first = ?", agent, stream, sequence + 1
        ) { $0.unsigned(0) }
        let last = after ?? sequence
        if after != nil {
            try connection.run(
                "DELETE FROM receipt WHERE agent_id = ? AND stream = ? AND first = ?", agent, stream, sequence + 1)
        }
        if let before, before.last + 1 == sequence {
            try connection.run(
                "UPDATE receipt SET last = ? WHERE agent_id = ? AND stream = ? AND first = ?",
                last, agent, stream, before.first)
        } else {
            try connection.run(
                "INSERT INTO receipt (agent_id, stream, first, last) VALUES (?, ?, ?, ?)", agent, stream, sequence, last
            )
        }
        return true
    }
}
