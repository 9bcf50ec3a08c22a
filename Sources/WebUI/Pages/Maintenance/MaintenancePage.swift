package import Vocabulary

/// Announced work: what is under way, what comes, what is over, and the form that announces more.
package struct MaintenancePage: Page {
    package enum Stage: Hashable, Sendable {
        case active
        case planned
        case over
    }

    package struct Row: Hashable, Sendable {
        package var name: String
        package var stage: Stage
        package var from: Instant?
        package var until: Instant?
        /// When it comes again, as files write it; empty: once.
        package var every: [String]
        /// When what is under way ends, and when what is to come begins.
        package var next: Instant?
        package var sites: [Named]
        package var units: [Named]
        package var assets: [Named]
        package var classes: [String]
        /// How many assets it is for, as far as the reader sees.
        package var covered: Int
        package var reason: String
        package var who: String

        package init(
            _ name: String, stage: Stage, from: Instant? = nil, until: Instant? = nil, every: [String] = [],
            next: Instant? = nil, sites: [Named] = [], units: [Named] = [], assets: [Named] = [],
            classes: [String] = [], covered: Int = 0, reason: String = "", who: String = ""
        ) {
            self.name = name
            self.stage = stage
            self.from = from
            self.until = until
            self.every = every
            self.next = next
            self.sites = sites
            self.units = units
            self.assets = assets
            self.classes = classes
            self.covered = covered
            self.reason = reason
            self.who = who
        }
    }

    /// What was wrong with what the form sent.
    package enum Problem: Hashable, Sendable {
        case missingTimes
        case noMoment(String)
        case notAfter
        case forNothing
        case unknownName(String)
        case badRule(String)
        case badName(String)
        case exists(String)
    }

    /// What stands in the form, in the texts that it sends.
    package struct Draft: Hashable, Sendable {
        package var name: String
        package var from: String
        package var until: String
        package var every: String
        package var sites: String
        package var units: String
        package var assets: String
        package var classes: String
        package var reason: String

        package init(
            name: String = "", from: String = "", until: String = "", every: String = "", sites: String = "",
            units: String = "", assets: String = "", classes: String = "", reason: String = ""
        ) {
            self.name = name
            self.from = from
            self.until = until
            self.every = every
            self.sites = sites
            self.units = units
            self.assets = assets
            self.classes = classes
            self.reason = reason
        }
    }

    package var rows: [Row]
    package var draft: Draft
    package var problem: Problem?
    /// What the form offers while one types.
    package var knownSites: [Named]
    package var knownUnits: [Named]
    package var knownClasses: [String]

    package init(
        rows: [Row], draft: Draft = Draft(), problem: Problem? = nil, knownSites: [Named] = [],
        knownUnits: [Named] = [], knownClasses: [String] = []
    ) {
        self.rows = rows
        self.draft = draft
        self.problem = problem
        self.knownSites = knownSites
        self.knownUnits = knownUnits
        self.knownClasses = knownClasses
    }

    package func html(for viewer: Viewer) -> String {
        Templates.html(
            "Maintenance",
            Screen(
                viewer, title: viewer.words.maintenance.title, section: .maintenance,
                page: MaintenanceView(self, viewer)))
    }
}
