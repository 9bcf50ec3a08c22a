package import Vocabulary

/// The agents: whether their word can be trusted, and what they cannot see.
package struct AgentsPage: Page {
    package struct Row: Hashable, Sendable {
        package var name: String
        package var site: String
        package var version: String
        package var standing: Standing
        package var lastSeen: Instant?
        /// How long its newest report was on its way.
        package var lag: Duration?
        /// Reports that wait on its disk.
        package var spooled: Int
        package var droppedSamples: Int
        package var droppedStates: Int
        package var droppedFindings: Int
        /// Its clock against the collector's; positive when ahead.
        package var clockOffset: Duration?
        package var blindSpots: [BlindSpot]
        /// Where its reports come from.
        package var origin: String
        /// From where others report with its identity: copies of its disk, most likely.
        package var clones: [String]

        package init(
            name: String, site: String = "", version: String, standing: Standing, lastSeen: Instant?,
            lag: Duration? = nil, spooled: Int = 0, droppedSamples: Int = 0, droppedStates: Int = 0,
            droppedFindings: Int = 0, clockOffset: Duration? = nil, blindSpots: [BlindSpot] = [],
            origin: String = "", clones: [String] = []
        ) {
            self.name = name
            self.site = site
            self.version = version
            self.standing = standing
            self.lastSeen = lastSeen
            self.lag = lag
            self.spooled = spooled
            self.droppedSamples = droppedSamples
            self.droppedStates = droppedStates
            self.droppedFindings = droppedFindings
            self.clockOffset = clockOffset
            self.blindSpots = blindSpots
            self.origin = origin
            self.clones = clones
        }
    }

    package var rows: [Row]
    /// What enrols a machine; shown while there is no agent.
    package var enrolCommand: String

    package init(rows: [Row], enrolCommand: String) {
        self.rows = rows
        self.enrolCommand = enrolCommand
    }

    package func html(for viewer: Viewer) -> String {
        let view = AgentsView(
            rows: rows.map { AgentsView.Row($0, viewer) }, areRows: !rows.isEmpty, command: enrolCommand,
            total: viewer.words.counted(.agent, rows.count))
        return Templates.html(
            "Agents",
            Screen(viewer, title: viewer.words.agents.title, section: .agents, refreshes: true, page: view))
    }
}
