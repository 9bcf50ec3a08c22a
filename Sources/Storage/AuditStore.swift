package import SQLite
package import Vocabulary

/// One line for every change that a person made.
package struct AuditStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Line: Hashable, Sendable {
        package var at: Instant
        package var who: String
        /// A verb with hyphens, e.g. `sign-in`, `change-password`, `create-token`.
        package var action: String
        package var subject: String
        package var detail: String

        package init(at: Instant, who: String, action: String, subject: String, detail: String = "") {
            self.at = at
            self.who = who
            self.action = action
            self.subject = subject
            self.detail = detail
        }
    }

    package func write(_ line: Line) throws {
        try connection.run(
            "INSERT INTO audit (at, who, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
            line.at.microseconds, line.who, line.action, line.subject, line.detail)
    }

    /// A line with its place in the log: it stays where it is while others are added.
    package struct Entry: Hashable, Sendable {
        package var id: Int64
        package var line: Line
    }

    /// Lines before one, or the newest of all; the newest first.
    package func entries(before id: Int64? = nil, limit: Int) throws -> [Entry] {
        try connection.rows(
            "SELECT id, at, who, action, subject, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?",
            id ?? .max, limit, as: entry)
    }

    /// The lines that came next after one; the newest first.
    package func entries(after id: Int64, limit: Int) throws -> [Entry] {
        try connection.rows(
            "SELECT id, at, who, action, subject, detail FROM audit WHERE id > ? ORDER BY id LIMIT ?", id, limit,
            as: entry
        ).reversed()
    }

    private func entry(_ row: borrowing Row) -> Entry {
        Entry(
            id: row.integer(0),
            line: Line(
                at: Instant(microseconds: row.integer(1)), who: row.text(2), action: row.text(3),
                subject: row.text(4), detail: row.text(5)))
    }

    /// The newest lines first.
    package func lines(limit: Int) throws -> [Line] {
        try connection.rows("SELECT at, who, action, subject, detail FROM audit ORDER BY id DESC LIMIT ?", limit) {
            row in
            Line(
                at: Instant(microseconds: row.integer(0)), who: row.text(1), action: row.text(2), subject: row.text(3),
                detail: row.text(4))
        }
    }
}
