import Vocabulary

/// All sites of a conference: the worst first, and how many stand how.
package struct Conference: Hashable, Sendable {
    /// The worst first; the same sites give the same order, however they come.
    package let sites: [SiteReadiness]
    /// How many sites share what is to blame, by its name.
    package let shared: [ConferenceSite.Blame: Int]

    /// - Parameter levels: those that are known, the uppermost first.
    package init(_ sites: [ConferenceSite], levels: [String]) {
        let places = Dictionary(levels.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        let found = sites.map(SiteReadiness.init)
        let shared = Dictionary(found.compactMap(\.blame).map { ($0, 1) }, uniquingKeysWith: +)
        self.shared = shared
        self.sites = found.map { site in
            let isShared = site.blame.flatMap { shared[$0] }.map { $0 > 1 } ?? false
            return (key: Key(site, isShared: isShared, level: places[site.level] ?? levels.count), site: site)
        }.sorted { $0.key < $1.key }.map(\.site)
    }

    /// How many sites have each verdict, of those of a level or of all.
    package func counts(level: String? = nil) -> [SiteReadiness.Verdict: Int] {
        Dictionary(
            sites.filter { level == nil || $0.level == level }.map { ($0.verdict, 1) }, uniquingKeysWith: +)
    }

    /// How a gate stands at all sites.
    package func counts(of gate: Gate) -> [GateStanding.State: Int] {
        Dictionary(sites.map { ($0[gate].state, 1) }, uniquingKeysWith: +)
    }

    /// The gravest verdict; then what only this site has, before what thirty share and one repair mends; then what others
    /// rest on, what has lasted longest, the uppermost level.
    private struct Key: Comparable {
        let verdict: SiteReadiness.Verdict
        let sharing: Int
        let gate: Gate
        let since: Instant
        let level: Int
        let name: String

        init(_ site: SiteReadiness, isShared: Bool, level: Int) {
            verdict = site.verdict
            sharing = isShared ? 1 : 0
            gate = site.gate ?? .hours
            since = site.standing?.since ?? Instant(microseconds: .max)
            self.level = level
            name = site.site
        }

        static func < (left: Key, right: Key) -> Bool {
            let (first, second) = ((left.verdict, left.sharing, left.gate), (right.verdict, right.sharing, right.gate))
            return first == second
                ? (left.since, left.level, left.name) < (right.since, right.level, right.name) : first < second
        }
    }
}
