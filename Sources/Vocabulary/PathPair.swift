/// The way to a target now and, where it is another, the way before.
package struct PathPair: Hashable, Sendable {
    package var now: Path
    /// The newest earlier one that reached the target by other hops; nil when none is known.
    package var before: Path?

    /// Of the paths of one check, the newest first; nil when there are none.
    package init?(_ paths: some Sequence<Path>) {
        var now: Path?
        var before: Path?
        for path in paths {
            guard let newest = now else {
                now = path
                continue
            }
            guard path.end == .reached, !path.goesTheSameWay(as: newest) else { continue }
            before = path
            break
        }
        guard let now else { return nil }
        self.now = now
        self.before = before
    }

    /// Of paths of several checks, the newest first; in order of check.
    package static func pairs(of paths: [Path]) -> [PathPair] {
        let byCheck = Dictionary(grouping: paths, by: \.check)
        return byCheck.keys.sorted().compactMap { byCheck[$0].flatMap { PathPair($0) } }
    }

    /// The first hop that is another than before, counted from 0; nil when there is no way before, or none differs.
    package var firstOther: Int? {
        guard let before else { return nil }
        for index in 0..<max(now.hops.count, before.hops.count) {
            guard index < now.hops.count, index < before.hops.count else { return index }
            let (one, two) = (now.hops[index].address, before.hops[index].address)
            if one != two, !two.isEmpty, !one.isEmpty || now.end != .reached { return index }
        }
        return nil
    }
}
