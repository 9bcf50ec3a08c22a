package import Vocabulary

/// One asset: who it is, how it stands, what is asked of it, what is known of it, what changed.
package struct AssetPage: Page {
    package var name: String
    package var assetClass: String
    /// A host or a URL; empty when it has none.
    package var address: String
    package var site: String
    package var unit: String
    package var custodian: String
    package var contacts: [Contact]
    package var standing: Standing
    package var reason: Reason?
    package var since: Instant?
    package var checks: [AssetCheck]
    package var charts: [Chart]
    package var facts: [AssetFact]
    /// The newest first.
    package var changes: [AssetChange]
    package var blindSpots: [BlindSpot]
    /// How far back the charts look.
    package var span: ChartSpan
    /// How many packages it has; they have a page of their own.
    package var packages: Int
    /// For a page that is there and only wants its news: charts, facts and history are left out and stay as they are.
    package var isBrief: Bool

    package init(
        name: String, assetClass: String, address: String = "", site: String = "", unit: String = "",
        custodian: String = "", contacts: [Contact] = [], standing: Standing, reason: Reason? = nil,
        since: Instant? = nil, checks: [AssetCheck] = [], charts: [Chart] = [], facts: [AssetFact] = [],
        changes: [AssetChange] = [], blindSpots: [BlindSpot] = [], span: ChartSpan = .hour, packages: Int = 0,
        isBrief: Bool = false
    ) {
        self.name = name
        self.assetClass = assetClass
        self.address = address
        self.site = site
        self.unit = unit
        self.custodian = custodian
        self.contacts = contacts
        self.standing = standing
        self.reason = reason
        self.since = since
        self.checks = checks
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
            "Asset", Screen(viewer, title: name, section: .assets, refreshes: true, page: AssetView(self, viewer)))
    }
}
