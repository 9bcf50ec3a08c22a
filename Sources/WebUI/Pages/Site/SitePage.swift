package import Vocabulary

/// One site: where it is, whom to call, what stands there and how it is.
package struct SitePage: Page {
    package struct Place: Hashable, Sendable {
        package var latitude: Double
        package var longitude: Double

        package init(latitude: Double, longitude: Double) {
            self.latitude = latitude
            self.longitude = longitude
        }
    }

    package struct Asset: Hashable, Sendable {
        package var asset: Named
        package var assetClass: String
        package var standing: Standing
        package var reason: Reason?
        package var since: Instant?
        package var checks: Int

        package init(
            _ asset: Named, assetClass: String, standing: Standing, reason: Reason? = nil, since: Instant? = nil,
            checks: Int = 0
        ) {
            self.asset = asset
            self.assetClass = assetClass
            self.standing = standing
            self.reason = reason
            self.since = since
            self.checks = checks
        }
    }

    package var site: Named
    package var standing: Standing
    package var reason: Reason?
    package var since: Instant?
    /// Why nobody is called because of what stands here now.
    package var exemptions: [ExemptionNote]
    /// Each of its units with those above it, the uppermost first.
    package var units: [[Named]]
    /// As the post writes it; empty when unknown.
    package var address: String
    package var place: Place?
    package var contacts: [Contact]
    /// The worst first.
    package var assets: [Asset]
    /// The longest first.
    package var alerts: [AlertsPage.Row]

    package init(
        _ site: Named, standing: Standing, reason: Reason? = nil, since: Instant? = nil,
        exemptions: [ExemptionNote] = [], units: [[Named]] = [],
        address: String = "", place: Place? = nil, contacts: [Contact] = [], assets: [Asset] = [],
        alerts: [AlertsPage.Row] = []
    ) {
        self.site = site
        self.standing = standing
        self.reason = reason
        self.since = since
        self.exemptions = exemptions
        self.units = units
        self.address = address
        self.place = place
        self.contacts = contacts
        self.assets = assets
        self.alerts = alerts
    }

    package func html(for viewer: Viewer) -> String {
        Templates.html(
            "Site",
            Screen(viewer, title: site.label, section: .sites, refreshes: true, page: SiteView(self, viewer)))
    }
}
