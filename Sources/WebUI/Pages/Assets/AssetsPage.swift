package import Vocabulary

/// All assets: searched (`q`), filtered (`class`, `state`), turned page by page (`page`).
package struct AssetsPage: Page {
    /// What was asked for; the query items of `/assets`.
    package struct Query: Hashable, Sendable {
        package var text: String
        package var assetClass: String?
        package var standing: Standing?
        /// From 1.
        package var page: Int

        package init(text: String = "", assetClass: String? = nil, standing: Standing? = nil, page: Int = 1) {
            self.text = text
            self.assetClass = assetClass
            self.standing = standing
            self.page = page
        }

        var isPlain: Bool { text.isEmpty && assetClass == nil && standing == nil }

        /// The address of another page of the same answer.
        func address(page: Int) -> String {
            var items: [String] = []
            if !text.isEmpty { items.append("q=\(Link.encoded(text))") }
            if let assetClass { items.append("class=\(Link.encoded(assetClass))") }
            if let standing { items.append("state=\(standing.rawValue)") }
            if page > 1 { items.append("page=\(page)") }
            return items.isEmpty ? "/assets" : "/assets?" + items.joined(separator: "&")
        }
    }

    package struct Row: Hashable, Sendable {
        package var name: String
        package var assetClass: String
        package var address: String
        package var site: String
        package var unit: String
        package var standing: Standing
        package var reason: Reason?
        package var since: Instant?

        package init(
            name: String, assetClass: String, address: String = "", site: String = "", unit: String = "",
            standing: Standing, reason: Reason? = nil, since: Instant? = nil
        ) {
            self.name = name
            self.assetClass = assetClass
            self.address = address
            self.site = site
            self.unit = unit
            self.standing = standing
            self.reason = reason
            self.since = since
        }
    }

    package var query: Query
    /// Every class there is, for the filter.
    package var classes: [String]
    /// The rows of this page of the answer.
    package var rows: [Row]
    package var pages: Int
    package var matching: Int
    package var total: Int

    package init(query: Query, classes: [String], rows: [Row], pages: Int = 1, matching: Int, total: Int) {
        self.query = query
        self.classes = classes
        self.rows = rows
        self.pages = pages
        self.matching = matching
        self.total = total
    }

    package func html(for viewer: Viewer) -> String {
        Templates.html(
            "Assets",
            Screen(
                viewer, title: viewer.words.assets.title, section: .assets, refreshes: true,
                page: AssetsView(self, viewer)))
    }
}
