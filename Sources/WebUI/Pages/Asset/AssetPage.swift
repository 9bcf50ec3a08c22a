package import Vocabulary

/// One asset: who it is, how it stands, what is asked of it, what is known of it, what changed.
package struct AssetPage: Page {
    package var name: String
    /// What people call it; empty when nobody said.
    package var title: String
    package var assetClass: String
    /// A host or a URL; empty when it has none.
    package var address: String
    package var site: Named
    package var unit: Named
    /// When it is expected to be on; empty: always.
    package var hours: Named
    /// In the order in which people read it; what is empty is left out.
    package var book: [BookEntry]
    /// What it depends on, and what depends on it.
    package var via: [LinkedAsset]
    package var carries: [LinkedAsset]
    package var contacts: [Contact]
    package var standing: Standing
    package var reason: Reason?
    package var since: Instant?
    /// Why nobody is called because of it now.
    package var exemptions: [ExemptionNote]
    package var checks: [AssetCheck]
    /// Open ones, the newest first.
    package var findings: [FindingsPage.Row]
    package var charts: [Chart]
    package var facts: [AssetFact]
    /// The newest first.
    package var changes: [AssetChange]
    /// The way to it, for each check whose way is followed.
    package var paths: [PathPair] = []
    package var blindSpots: [BlindSpot]
    /// How far back the charts look.
    package var span: ChartSpan
    /// How many packages it has; they have a page of their own.
    package var packages: Int
    /// For a page that is there and only wants its news: charts, facts and history are left out and stay as they are.
    package var isBrief: Bool

    package init(
        name: String, title: String = "", assetClass: String, address: String = "", site: Named = .none,
        unit: Named = .none, hours: Named = .none, book: [BookEntry] = [], via: [LinkedAsset] = [],
        carries: [LinkedAsset] = [],
        contacts: [Contact] = [], standing: Standing, reason: Reason? = nil,
        since: Instant? = nil, exemptions: [ExemptionNote] = [], checks: [AssetCheck] = [],
        findings: [FindingsPage.Row] = [], charts: [Chart] = [], facts: [AssetFact] = [],
        changes: [AssetChange] = [], blindSpots: [BlindSpot] = [], span: ChartSpan = .hour, packages: Int = 0,
        isBrief: Bool = false
    ) {
        self.name = name
        self.title = title
        self.assetClass = assetClass
        self.address = address
        self.site = site
        self.unit = unit
        self.hours = hours
        self.book = book
        self.via = via
        self.carries = carries
        self.contacts = contacts
        self.standing = standing
        self.reason = reason
        self.since = since
        self.exemptions = exemptions
        self.checks = checks
        self.findings = findings
        self.charts = charts
        self.facts = facts
        self.changes = changes
        self.blindSpots = blindSpots
        self.span = span
        self.packages = packages
        self.isBrief = isBrief
    }

    package func html(for viewer: Viewer) -> String {
        Templates.html(
            "Asset",
            Screen(
                viewer, title: title.isEmpty ? name : title, section: .assets, refreshes: true, hasCharts: true,
                page: AssetView(self, viewer)))
    }
}
