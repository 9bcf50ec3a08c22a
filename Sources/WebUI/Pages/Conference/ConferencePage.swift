package import Conferences
package import Vocabulary

/// Every site in a row, the worst first: whether it can take part in a conference now, and if not, why, since when, and
/// whom to call. Searched (`q`), filtered (`level`, `state`, `gate`).
package struct ConferencePage: Page {
    /// What was asked for; the query items of `/conference`.
    package struct Query: Hashable, Sendable {
        package var text: String
        package var level: String?
        package var verdict: SiteReadiness.Verdict?
        /// Sites with a trouble there.
        package var gate: Gate?

        package init(
            text: String = "", level: String? = nil, verdict: SiteReadiness.Verdict? = nil, gate: Gate? = nil
        ) {
            self.text = text
            self.level = level
            self.verdict = verdict
            self.gate = gate
        }

        package var isPlain: Bool { self == Query() }

        var address: String {
            let items = [
                ("q", text), ("level", level ?? ""), ("state", verdict?.rawValue ?? ""), ("gate", gate?.rawValue ?? ""),
            ].filter { !$0.1.isEmpty }.map { "\($0.0)=\(Link.encoded($0.1))" }
            return items.isEmpty ? "/conference" : "/conference?" + items.joined(separator: "&")
        }
    }

    package struct Row: Hashable, Sendable {
        package var site: Named
        package var readiness: SiteReadiness
        /// What people call what is to blame, and how many sites it takes with it, this one included.
        package var blame: String
        package var sharing: Int
        package var contact: Contact?

        package init(
            _ site: Named, _ readiness: SiteReadiness, blame: String = "", sharing: Int = 0, contact: Contact? = nil
        ) {
            self.site = site
            self.readiness = readiness
            self.blame = blame
            self.sharing = sharing
            self.contact = contact
        }
    }

    /// What stands elsewhere, has failed, and takes several sites with it.
    package struct Cause: Hashable, Sendable {
        /// Without a name it is one that the reader may not see.
        package var asset: Named
        package var incident: Int64
        package var sites: Int

        package init(_ asset: Named, incident: Int64, sites: Int) {
            self.asset = asset
            self.incident = incident
            self.sites = sites
        }
    }

    package var query: Query
    /// Every site there is.
    package var conference: Conference
    /// The uppermost first.
    package var levels: [String]
    /// What matches, the worst first.
    package var rows: [Row]
    package var causes: [Cause]
    /// When the newest observation of all was made; nil before the first one.
    package var newestData: Instant?

    package init(
        query: Query = Query(), conference: Conference, levels: [String], rows: [Row], causes: [Cause] = [],
        newestData: Instant? = nil
    ) {
        self.query = query
        self.conference = conference
        self.levels = levels
        self.rows = rows
        self.causes = causes
        self.newestData = newestData
    }

    package func html(for viewer: Viewer) -> String {
        Templates.html(
            "Conference",
            Screen(
                viewer, title: viewer.words.conference.title, section: .conference, refreshes: true,
                page: ConferenceView(self, viewer)))
    }
}
