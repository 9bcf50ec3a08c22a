import Vocabulary

/// How things served in a month, for the screen and for paper.
package struct AvailabilityPage: Page {
    /// The raw value is what `?by=` carries.
    package enum Grouping: String, CaseIterable, Sendable {
        case asset
        case site
        case unit
        case `class`
    }

    package struct Row: Hashable, Sendable {
        package var subject: Named
        package var assets: Int
        /// From 0 to 1; nil when nothing that counts was measured.
        package var available: Double?
        package var up: Duration
        package var degraded: Duration
        package var down: Duration
        package var unknown: Duration
        package var maintenance: Duration
        package var outsideHours: Duration
        package var unwatched: Duration
        package var revised: Duration

        package init(
            _ subject: Named, assets: Int = 1, available: Double?, up: Duration = .zero, degraded: Duration = .zero,
            down: Duration = .zero, unknown: Duration = .zero, maintenance: Duration = .zero,
            outsideHours: Duration = .zero, unwatched: Duration = .zero, revised: Duration = .zero
        ) {
            self.subject = subject
            self.assets = assets
            self.available = available
            self.up = up
            self.degraded = degraded
            self.down = down
            self.unknown = unknown
            self.maintenance = maintenance
            self.outsideHours = outsideHours
            self.unwatched = unwatched
            self.revised = revised
        }
    }

    /// `2026-11`, and those beside it; nil where there is nothing to see yet.
    package var month: String
    package var previous: String
    package var next: String?
    package var grouping: Grouping
    package var isWhole: Bool
    /// The worst first.
    package var rows: [Row]
    /// How many better ones are left to the sheet.
    package var furtherRows: Int
    package var total: Row

    package init(
        month: String, previous: String, next: String?, grouping: Grouping, isWhole: Bool, rows: [Row],
        furtherRows: Int = 0,
        total: Row
    ) {
        self.month = month
        self.previous = previous
        self.next = next
        self.grouping = grouping
        self.isWhole = isWhole
        self.rows = rows
        self.furtherRows = furtherRows
        self.total = total
    }

    package func html(for viewer: Viewer) -> String {
        let view = AvailabilityView(self, viewer)
        return Templates.html(
            "Availability", Screen(viewer, title: view.title, section: .availability, page: view))
    }
}
