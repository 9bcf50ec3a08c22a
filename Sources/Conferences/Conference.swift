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
        shared = Dictionary(found.compactMap(\.blame).map { ($0, 1) }, uniquingKeysWith: +)
        self.sites = found.map { (key: Key($0, level: places[$0.level] ?? levels.count), site: $0) }
            .sorted { $0.key < $1.key }.map(\.site)
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

    /// The gravest verdict, then what others rest on, then what has lasted longest, then the uppermost level.
    private struct Key: Comparable {
        let verdict: SiteReadiness.Verdict
        let gate: Gate
        let since: Instant
        let level: Int
        let name: String

        init(_ site: SiteReadiness, level: Int) {
            verdict = site.verdict
            gate = site.gate ?? .hours
            since = site.standing?.since ?? Instant(microseconds: .max)
            self.level = level
            name = site.site
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.verdict, left.gate, left.since, left.level, left.name)
                < (right.verdict, right.gate, right.since, right.level, right.name)
        }
    }
}
