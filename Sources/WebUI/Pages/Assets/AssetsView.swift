/// The list of assets in words, ready for its template.
struct AssetsView: Sendable {
    struct Row: Sendable {
        let name: String
        let link: String
        let assetClass: String
        let address: String?
        let site: String?
        let unit: String?
        let badge: Badge
        let reason: ReasonText?
        let since: Moment?
    }

    let query: String
    let isFiltered: Bool
    let classes: [Frame.Choice]
    let states: [Frame.Choice]
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
        shown = words.assets.shown(page.matching, page.total)
        rows = page.rows.map { row in
            Row(
                name: row.name, link: Link.asset(row.name), assetClass: words.className(row.assetClass),
                address: row.address.isEmpty ? nil : row.address, site: row.site.isEmpty ? nil : row.site,
                unit: row.unit.isEmpty ? nil : row.unit, badge: Badge(row.standing, words),
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
