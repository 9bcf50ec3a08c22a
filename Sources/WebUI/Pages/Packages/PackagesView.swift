/// The packages of an asset in words, ready for their template.
struct PackagesView: Sendable {
    struct Row: Sendable {
        let name: String
        let architecture: String
        let version: String
        let source: String
        let first: String
    }

    let asset: String
    let address: String
    let assetAddress: String
    let query: String
    let isFiltered: Bool
    let shown: String
    let rows: [Row]
    let areRows: Bool
    let empty: String
    let arePages: Bool
    let place: String
    let previous: String?
    let next: String?

    init(_ page: PackagesPage, _ viewer: Viewer) {
        let words = viewer.words
        asset = page.asset
        assetAddress = Link.asset(page.asset)
        let address = Link.packages(page.asset)
        self.address = address
        query = page.query
        isFiltered = !page.query.isEmpty
        let total = words.counted(.package, page.total)
        shown = page.matching == page.total ? total : words.packages.of(viewer.numbers.integer(page.matching), total)
        rows = page.rows.map { row in
            Row(
                name: row.name, architecture: row.architecture, version: row.version, source: row.source,
                first: viewer.calendar.dateAndTime(row.firstSeen))
        }
        areRows = !rows.isEmpty
        empty = page.total == 0 ? words.packages.none : words.packages.noneMatch
        arePages = page.pages > 1
        place = words.assets.page(page.page, page.pages)
        let turned = { (number: Int) in
            let search = page.query.isEmpty ? "" : "q=\(Link.encoded(page.query))&"
            return "\(address)?\(search)page=\(number)"
        }
        previous = page.page > 1 ? turned(page.page - 1) : nil
        next = page.page < page.pages ? turned(page.page + 1) : nil
    }
}
