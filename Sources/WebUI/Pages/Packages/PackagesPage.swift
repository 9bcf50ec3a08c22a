package import Vocabulary

/// The software packages of an asset: searched (`q`), a page at a time (`page`).
package struct PackagesPage: Page {
    package struct Row: Hashable, Sendable {
        package var name: String
        package var architecture: String
        package var version: String
        package var source: String
        package var firstSeen: Instant

        package init(name: String, architecture: String, version: String, source: String, firstSeen: Instant) {
            self.name = name
            self.architecture = architecture
            self.version = version
            self.source = source
            self.firstSeen = firstSeen
        }
    }

    /// How many packages one page lists.
    package static let size = 100

    package var asset: String
    package var query: String
    /// From 1.
    package var page: Int
    package var pages: Int
    package var rows: [Row]
    package var matching: Int
    package var total: Int

    /// The page of those of `packages` that match: `isMatch` compares as the reader's search does.
    package init(asset: String, query: String, page: Int, packages: [Row], where isMatch: (Row) -> Bool) {
        let matching = packages.filter(isMatch)
        pages = max(1, (matching.count + Self.size - 1) / Self.size)
        let shown = min(max(1, page), pages)
        self.asset = asset
        self.query = query
        self.page = shown
        rows = Array(matching.dropFirst((shown - 1) * Self.size).prefix(Self.size))
        self.matching = matching.count
        total = packages.count
    }

    package func html(for viewer: Viewer) -> String {
        let view = PackagesView(self, viewer)
        return Templates.html(
            "Packages",
            Screen(viewer, title: "\(asset): \(viewer.words.packages.title)", section: .assets, page: view))
    }
}

extension PackagesPage.Row {
    /// The packages that facts speak of (`package/NAME:ARCHITECTURE/…`), in the order of their names; of a package
    /// that several sources know, what came first.
    package static func rows(of facts: [AssetFact]) -> [PackagesPage.Row] {
        var order: [String] = []
        var found: [String: PackagesPage.Row] = [:]
        for fact in facts {
            let segments = fact.fact.segments
            guard segments.count >= 2, segments[0] == KnownFactGroup.package.rawValue else { continue }
            let key = segments[1]
            if found[key] == nil {
                order.append(key)
                // dpkg names have no colon of their own.
                let parts = key.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                found[key] = PackagesPage.Row(
                    name: String(parts.first ?? ""), architecture: parts.count > 1 ? String(parts[1]) : "",
                    version: segments.count == 2 ? fact.fact.value : "", source: "", firstSeen: fact.firstSeen)
            }
            guard segments.count > 2 else { continue }
            switch segments[2] {
            case "version" where found[key]?.version == "":
                found[key]?.version = fact.fact.value
                found[key]?.firstSeen = fact.firstSeen
            case "source" where found[key]?.source == "": found[key]?.source = fact.fact.value
            default: break
            }
        }
        return order.compactMap { found[$0] }
    }
}
