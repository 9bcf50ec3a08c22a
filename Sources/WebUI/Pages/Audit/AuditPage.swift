package import Vocabulary

/// What people did: when, who, what, to what; the newest first.
package struct AuditPage: Page {
    package struct Row: Hashable, Sendable {
        package var time: Instant
        package var who: String
        /// A verb with hyphens, e.g. `change-password`.
        package var action: String
        package var subject: String
        package var detail: String

        package init(at time: Instant, who: String, action: String, subject: String, detail: String = "") {
            self.time = time
            self.who = who
            self.action = action
            self.subject = subject
            self.detail = detail
        }
    }

    /// Stands in the log for who works at the collector's own machine, without signing in.
    private static let machine = "machine"
    /// How many lines one page lists.
    package static let size = 100

    package var rows: [Row]
    /// The line that older ones come before, and the one that newer ones come after; nil where there are none.
    package var older: Int64?
    package var newer: Int64?

    package init(rows: [Row], older: Int64? = nil, newer: Int64? = nil) {
        self.rows = rows
        self.older = older
        self.newer = newer
    }

    private struct Line: Sendable {
        let time: Moment
        /// nil: nobody who signed in, but somebody at the collector's own command line.
        let who: String?
        let action: String
        let subject: String
        let detail: String?
    }

    private struct View: Sendable {
        let rows: [Line]
        let areRows: Bool
        let arePages: Bool
        let previous: String?
        let next: String?
    }

    package func html(for viewer: Viewer) -> String {
        let lines = rows.map { row in
            Line(
                time: viewer.moment(row.time), who: row.who == Self.machine ? nil : row.who,
                action: viewer.words.actionName(row.action),
                subject: row.subject, detail: row.detail.isEmpty ? nil : row.detail)
        }
        let view = View(
            rows: lines, areRows: !lines.isEmpty, arePages: older != nil || newer != nil,
            previous: newer.map { "/audit?after=\($0)" }, next: older.map { "/audit?before=\($0)" })
        return Templates.html("Audit", Screen(viewer, title: viewer.words.audit.title, section: .audit, page: view))
    }
}
