package import Vocabulary

/// All assets: searched (`q`), filtered (`class`, `state`, `unit`, `site`), turned page by page (`page`).
package struct AssetsPage: Page {
    /// What was asked for; the query items of `/assets`.
    package struct Query: Hashable, Sendable {
        package var text: String
        package var assetClass: String?
        package var standing: Standing?
        /// With the units below it.
        package var unit: String?
        package var site: String?
        /// From 1.
        package var page: Int

        package init(
            text: String = "", assetClass: String? = nil, standing: Standing? = nil, unit: String? = nil,
            site: String? = nil, page: Int = 1
        ) {
            self.text = text
            self.assetClass = assetClass
            self.standing = standing
            self.unit = unit
            self.site = site
            self.page = page
        }

        var isPlain: Bool { text.isEmpty && assetClass == nil && standing == nil && unit == nil && site == nil }

        /// The address of another page of the same answer.
        func address(page: Int) -> String {
            var items: [String] = []
            if !text.isEmpty { items.append("q=\(Link.encoded(text))") }
            if let assetClass { items.append("class=\(Link.encoded(assetClass))") }
            if let standing { items.append("state=\(standing.rawValue)") }
            if let unit { items.append("unit=\(Link.encoded(unit))") }
            if let site { items.append("site=\(Link.encoded(site))") }
            if page > 1 { items.append("page=\(page)") }
            return items.isEmpty ? "/assets" : "/assets?" + items.joined(separator: "&")
        }
    }

    /// A unit as the filter lists it.
    package struct Unit: Hashable, Sendable {
        package var unit: Named
        /// A root has depth 0.
        package var depth: Int

        package init(_ unit: Named, depth: Int) {
            self.unit = unit
            self.depth = depth
        }
    }

    package struct Row: Hashable, Sendable {
        package var asset: Named
        package var code: String
        package var assetClass: String
        package var address: String
        package var site: Named
        package var unit: Named
        package var standing: Standing
        package var reason: Reason?
        package var since: Instant?

        package init(
            _ asset: Named, code: String = "", assetClass: String, address: String = "", site: Named = .none,
            unit: Named = .none, standing: Standing, reason: Reason? = nil, since: Instant? = nil
        ) {
            self.asset = asset
            self.code = code
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
    /// Every unit in the order of the tree, and every site.
    package var units: [Unit]
    package var sites: [Named]
    /// The rows of this page of the answer.
    package var rows: [Row]
    package var pages: Int
    package var matching: Int
    package var total: Int
    /// What everything that matches is worth, in whole đồng.
    package var worth: Int64

    package init(
        query: Query, classes: [String], units: [Unit] = [], sites: [Named] = [], rows: [Row], pages: Int = 1,
        matching: Int, total: Int, worth: Int64 = 0
    ) {
        self.query = query
        self.classes = classes
        self.units = units
        self.sites = sites
        self.rows = rows
        self.pages = pages
        self.matching = matching
        self.total = total
        self.worth = worth
    }

    package func html(for viewer: Viewer) -> String {
        Templates.html(
            "Assets",
            Screen(
                viewer, title: viewer.words.assets.title, section: .assets, refreshes: true,
                page: AssetsView(self, viewer)))
    }
}
