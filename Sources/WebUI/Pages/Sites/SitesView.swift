/// The tree of sites in words, ready for its template.
struct SitesView: Sendable {
    struct Count: Sendable {
        let badge: Badge
        let number: String
        let address: String
        let isNone: Bool
    }

    let query: String
    let isFiltered: Bool
    let levels: [Frame.Choice]
    let states: [Frame.Choice]
    let shown: String
    let counts: [Count]
    let areSites: Bool
    let branches: [SitesBranchView]
    let loose: [SitesRow]
    let areLoose: Bool
    let isEmpty: Bool
    let empty: String
    let command: String?

    init(_ page: SitesPage, _ viewer: Viewer) {
        let (words, numbers) = (viewer.words, viewer.numbers)
        query = page.query.text
        isFiltered = !page.query.isPlain
        levels = page.levels.map {
            Frame.Choice(value: $0, name: words.levelName($0), isChosen: $0 == page.query.level)
        }
        let standings: [Standing] = [.down, .degraded, .unknown, .up, .outsideHours, .notConfigured]
        states = standings.map {
            Frame.Choice(
                value: $0.rawValue, name: Badge(site: $0, words).word, isChosen: $0 == page.query.standing)
        }
        let total = page.counts.values.reduce(0, +)
        let sites = words.counted(.site, total)
        let matching = page.matching == total ? sites : words.sites.of(numbers.integer(page.matching), sites)
        shown = isFiltered ? matching : "\(matching), \(words.counted(.unit, page.units))"
        counts = standings.map { standing in
            let number = page.counts[standing] ?? 0
            return Count(
                badge: Badge(site: standing, words), number: numbers.integer(number),
                address: "/sites?state=\(standing.rawValue)", isNone: number == 0)
        }
        areSites = total > 0
        branches = page.branches.map { SitesBranchView($0, isFiltered: !page.query.isPlain, viewer) }
        loose = page.loose.map { SitesRow($0, unit: nil, viewer) }
        areLoose = !loose.isEmpty
        isEmpty = branches.isEmpty && loose.isEmpty
        empty = isFiltered ? words.sites.noneMatch : words.sites.none
        command = isFiltered ? nil : page.loadCommand
    }
}

/// A site in its row, or a unit that has none.
struct SitesRow: Sendable {
    let site: NamedText?
    let unit: String?
    let badge: Badge?
    let contact: ContactText?
    let assets: String?
    let assetsAddress: String

    /// `unit` stands beside the site where the row has to name it.
    init(_ site: SitesPage.Site, unit: Named?, _ viewer: Viewer) {
        self.site = NamedText.site(site.site)
        self.unit = unit.flatMap { $0.label == site.site.label ? nil : $0.label }
        badge = Badge(site: site.standing, viewer.words)
        contact = site.contact.map(ContactText.init(short:))
        assets = site.assets > 0 ? viewer.words.counted(.asset, site.assets) : nil
        assetsAddress = Link.assets(ofSite: site.site.name)
    }

    init(bare unit: Named) {
        site = nil
        self.unit = unit.label
        badge = nil
        contact = nil
        assets = nil
        assetsAddress = ""
    }
}
