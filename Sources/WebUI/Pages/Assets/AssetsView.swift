/// The list of assets in words, ready for its template.
struct AssetsView: Sendable {
    struct Row: Sendable {
        let asset: NamedText?
        /// Where the title is another.
        let name: String?
        let code: String?
        let assetClass: String
        let address: String?
        let site: NamedText?
        let unit: NamedText?
        let badge: Badge
        let reason: ReasonText?
        let since: Moment?
    }

    let query: String
    let isFiltered: Bool
    let classes: [Frame.Choice]
    let states: [Frame.Choice]
    let units: [Frame.Choice]
    let areUnits: Bool
    let sites: [Frame.Choice]
    let areSites: Bool
    let worth: String?
    let shown: String
    let rows: [Row]
    let areRows: Bool
    let empty: String
    let arePages: Bool
    let place: String
    let previous: String?
    let next: String?

    init(_ page: AssetsPage, _ viewer: Viewer) {
        let words = viewer.words
        query = page.query.text
        isFiltered = !page.query.isPlain
        classes = page.classes.map {
            Frame.Choice(value: $0, name: words.className($0), isChosen: $0 == page.query.assetClass)
        }
        states = Standing.allCases.map {
            Frame.Choice(value: $0.rawValue, name: words.standing($0), isChosen: $0 == page.query.standing)
        }
        units = page.units.map {
            Frame.Choice(
                value: $0.unit.name, name: String(repeating: "\u{2003}", count: min($0.depth, 6)) + $0.unit.label,
                isChosen: $0.unit.name == page.query.unit)
        }
        areUnits = !units.isEmpty
        sites = page.sites.map {
            Frame.Choice(value: $0.name, name: $0.label, isChosen: $0.name == page.query.site)
        }
        areSites = !sites.isEmpty
        worth = page.worth > 0 ? words.book.worth(viewer.numbers.money(page.worth)) : nil
        shown = words.assets.shown(page.matching, page.total)
        rows = page.rows.map { row in
            Row(
                asset: NamedText.asset(row.asset), name: row.asset.title.isEmpty ? nil : row.asset.name,
                code: row.code.isEmpty ? nil : row.code, assetClass: words.className(row.assetClass),
                address: row.address.isEmpty ? nil : row.address, site: NamedText.site(row.site),
                unit: NamedText.unit(row.unit), badge: Badge(row.standing, words),
                reason: row.reason.map(words.sentence), since: row.since.map(viewer.moment))
        }
        areRows = !rows.isEmpty
        empty = page.total == 0 ? words.assets.none : words.assets.noneMatch
        arePages = page.pages > 1
        place = words.assets.page(page.query.page, page.pages)
        previous = page.query.page > 1 ? page.query.address(page: page.query.page - 1) : nil
        next = page.query.page < page.pages ? page.query.address(page: page.query.page + 1) : nil
    }
}
