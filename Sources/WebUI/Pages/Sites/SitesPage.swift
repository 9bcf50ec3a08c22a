/// Units and their sites as a tree: searched (`q`), filtered (`level`, `state`).
package struct SitesPage: Page {
    /// What was asked for; the query items of `/sites`.
    package struct Query: Hashable, Sendable {
        package var text: String
        package var level: String?
        package var standing: Standing?

        package init(text: String = "", level: String? = nil, standing: Standing? = nil) {
            self.text = text
            self.level = level
            self.standing = standing
        }

        package var isPlain: Bool { text.isEmpty && level == nil && standing == nil }
    }

    package struct Site: Hashable, Sendable {
        package var site: Named
        package var standing: Standing
        package var contact: Contact?
        package var assets: Int

        package init(_ site: Named, standing: Standing, contact: Contact? = nil, assets: Int = 0) {
            self.site = site
            self.standing = standing
            self.contact = contact
            self.assets = assets
        }
    }

    /// A unit with its sites and with the units below it; those of one level follow one another.
    package struct Branch: Hashable, Sendable {
        package var unit: Named
        package var level: String
        package var sites: [Site]
        package var branches: [Branch]

        package init(_ unit: Named, level: String, sites: [Site] = [], branches: [Branch] = []) {
            self.unit = unit
            self.level = level
            self.sites = sites
            self.branches = branches
        }
    }

    package var query: Query
    /// Every level there is, for the filter.
    package var levels: [String]
    /// What matches; a unit above something that matches is there as well.
    package var branches: [Branch]
    /// Sites that match and belong to no unit.
    package var loose: [Site]
    /// Every site by standing, whatever the filter says.
    package var counts: [Standing: Int]
    package var matching: Int
    package var units: Int
    /// The command that loads an example; nil where there is none.
    package var loadCommand: String?

    package init(
        query: Query = Query(), levels: [String], branches: [Branch], loose: [Site] = [], counts: [Standing: Int],
        matching: Int, units: Int, loadCommand: String? = nil
    ) {
        self.query = query
        self.levels = levels
        self.branches = branches
        self.loose = loose
        self.counts = counts
        self.matching = matching
        self.units = units
        self.loadCommand = loadCommand
    }

    package func html(for viewer: Viewer) -> String {
        Templates.html(
            "Sites",
            Screen(
                viewer, title: viewer.words.sites.title, section: .sites, refreshes: true,
                page: SitesView(self, viewer)))
    }
}
