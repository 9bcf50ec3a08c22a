package import Vocabulary

/// Finds that the set of packages changed: one finding a run of apt or dpkg, with everything that it did.
package enum PackageRule {
    /// More is a release upgrade, whose list nobody reads.
    private static let listed = 60

    /// - Parameters:
    ///   - before: name to version; nil at the first look, which learns.
    ///   - time: when dpkg's list was written.
    package static func apply(
        before: [String: String]?, now: [String: String], changed time: Instant, evidence: [Finding.Evidence] = []
    ) -> Finding? {
        guard let before, before != now else { return nil }
        let installed = now.filter { before[$0.key] == nil }.map { "\($0.key) \($0.value)" }.sorted()
        let removed = before.filter { now[$0.key] == nil }.map { "\($0.key) \($0.value)" }.sorted()
        let upgraded = now.compactMap { name, version in
            before[name].flatMap { $0 == version ? nil : "\(name) \($0) → \(version)" }
        }.sorted()
        let names = (installed + upgraded + removed).map { String($0.prefix { $0 != " " }) }
        let rest = names.count - 3
        return Finding(
            rule: RuleName.packages, severity: .low,
            subject: names.prefix(3).joined(separator: ", ") + (rest > 0 ? " +\(rest)" : ""), firstSeen: time,
            lastSeen: time, count: names.count,
            evidence: [
                .init("installed", list(installed)), .init("upgraded", list(upgraded)), .init("removed", list(removed)),
            ].filter { !$0.text.isEmpty } + evidence)
    }

    private static func list(_ items: [String]) -> String {
        let shown = items.prefix(listed).joined(separator: ", ")
        return (items.count > listed ? "\(shown), … (\(items.count))" : shown).clipped(to: 8000)
    }
}
