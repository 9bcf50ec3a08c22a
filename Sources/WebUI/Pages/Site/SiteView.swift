import Vocabulary

/// A site in words, ready for its template.
struct SiteView: Sendable {
    struct Asset: Sendable {
        let asset: NamedText?
        let assetClass: String
        let badge: Badge
        let reason: ReasonText?
        let since: Moment?
        let checks: String
    }

    struct Chain: Sendable {
        let above: [NamedText]
        let unit: NamedText?
    }

    let title: String
    /// The name that files and addresses carry, where the title is another.
    let name: String?
    let badge: Badge
    let reason: ReasonText?
    let since: Moment?
    let exemptions: [String]
    /// Where work on it is announced; nil for who may not.
    let announce: String?
    let units: [Chain]
    let postal: String?
    let coordinates: String?
    let map: String
    let contacts: [ContactText]
    let assets: [Asset]
    let areAssets: Bool
    let open: [AlertsPage.Line]
    let areOpen: Bool

    init(_ page: SitePage, _ viewer: Viewer) {
        let words = viewer.words
        title = page.site.label
        name = page.site.title.isEmpty ? nil : page.site.name
        badge = Badge(site: page.standing, words)
        reason = page.reason.map(words.sentence)
        since = page.since.map(viewer.moment)
        announce = viewer.isAdministrator ? Link.announcement(site: page.site.name) : nil
        exemptions = page.exemptions.map { $0.words(viewer) }
        units = page.units.compactMap { chain in
            chain.last.map { Chain(above: chain.dropLast().compactMap(NamedText.unit), unit: NamedText.unit($0)) }
        }
        postal = page.address.isEmpty ? nil : page.address
        coordinates = page.place.map { viewer.numbers.degrees($0.latitude, $0.longitude) }
        map = page.place.map { Link.place(latitude: $0.latitude, longitude: $0.longitude) } ?? ""
        contacts = page.contacts.map { ContactText($0) }
        assets = page.assets.map { asset in
            Asset(
                asset: NamedText.asset(asset.asset), assetClass: words.className(asset.assetClass),
                badge: Badge(asset.standing, words), reason: asset.reason.map(words.sentence),
                since: asset.since.map(viewer.moment), checks: viewer.numbers.integer(asset.checks))
        }
        areAssets = !assets.isEmpty
        open = page.alerts.map { AlertsPage.Line($0, viewer) }
        areOpen = !open.isEmpty
    }
}
