/// A unit with its sites and the units below it, in words.
struct SitesBranchView: Sendable {
    /// The units of one level that belong to one unit.
    struct Level: Sendable {
        let name: String
        let count: String
        /// Sites of units that have nothing below them: a row each.
        let rows: [SitesRow]
        let areRows: Bool
        let branches: [SitesBranchView]
        /// Rows alone fold away; branches fold themselves.
        let isFoldable: Bool
        let isOpen: Bool
        let troubles: [SitesView.Count]
    }

    let name: String
    let level: String
    let isRoot: Bool
    let isOpen: Bool
    /// How many sites stand in it and below it.
    let count: String
    let troubles: [SitesView.Count]
    let rows: [SitesRow]
    let areRows: Bool
    let levels: [Level]

    init(_ branch: SitesPage.Branch, isFiltered: Bool, depth: Int = 0, _ viewer: Viewer) {
        let words = viewer.words
        name = branch.unit.label
        level = words.levelName(branch.level)
        isRoot = depth == 0
        let sites = branch.allSites
        isOpen = depth == 0 || isFiltered || sites.contains(where: \.isBroken)
        count = words.counted(.site, Set(sites.map(\.site.name)).count)
        troubles = Self.troubles(sites, viewer)
        rows = branch.sites.map { SitesRow($0, unit: nil, viewer) }
        areRows = !rows.isEmpty
        var levels: [Level] = []
        var rest = branch.branches[...]
        while let first = rest.first {
            let run = rest.prefix { $0.level == first.level }
            rest = rest.dropFirst(run.count)
            levels.append(Self.level(Array(run), isFiltered: isFiltered, depth: depth, viewer))
        }
        self.levels = levels
    }

    private static func level(_ units: [SitesPage.Branch], isFiltered: Bool, depth: Int, _ viewer: Viewer) -> Level {
        let leaves = units.filter(\.branches.isEmpty)
        let rows = leaves.flatMap { unit in
            unit.sites.isEmpty ? [SitesRow(bare: unit.unit)] : unit.sites.map { SitesRow($0, unit: unit.unit, viewer) }
        }
        let branches = units.filter { !$0.branches.isEmpty }
        let sites = leaves.flatMap(\.sites)
        return Level(
            name: viewer.words.levelName(units.first?.level ?? ""), count: viewer.numbers.integer(units.count),
            rows: rows, areRows: !rows.isEmpty,
            branches: branches.map { SitesBranchView($0, isFiltered: isFiltered, depth: depth + 1, viewer) },
            // Within a district that was opened nobody wants to open once more.
            isFoldable: branches.isEmpty && depth == 0 && rows.count > 3,
            isOpen: isFiltered || sites.contains(where: \.isBroken), troubles: troubles(sites, viewer))
    }

    /// What somebody has to know before opening: how many are down, degraded, unknown.
    private static func troubles(_ sites: [SitesPage.Site], _ viewer: Viewer) -> [SitesView.Count] {
        [Standing.down, .degraded, .unknown].compactMap { standing in
            let number = Set(sites.filter { $0.standing == standing }.map(\.site.name)).count
            guard number > 0 else { return nil }
            return SitesView.Count(
                badge: Badge(site: standing, viewer.words), number: viewer.numbers.integer(number), address: "",
                isNone: false)
        }
    }
}

extension SitesPage.Branch {
    var allSites: [SitesPage.Site] { sites + branches.flatMap(\.allSites) }
}

extension SitesPage.Site {
    var isBroken: Bool { standing == .down || standing == .degraded }
}
