import Vocabulary

/// What fails at the same time, and is joined by that alone: said as a likelihood, in the same message.
extension AlertEngine {
    /// Joins to an incident that is about to be told what nobody was told of and began to fail at the same time.
    mutating func join(kinOf incident: Incident, at now: Instant, _ effects: inout [Effect]) {
        guard let begun = span(of: incident) else { return }
        let near = incidents.values.filter { other in
            guard other.id != incident.id, other.mergedInto == nil, other.told == nil, let span = span(of: other) else {
                return false
            }
            return meets(span, begun)
        }.sorted { $0.id < $1.id }
        guard let (cause, root, kin) = likelihood(of: incident, near: near) else { return }
        var joined = incident
        joined.cause = cause
        joined.root = root
        keep(joined, &effects)
        let ids = kin.flatMap { (members[$0.id] ?? []).sorted() }
        move(ids, to: incident.id, at: now, &effects)
        let assets = self.assets(in: joined).count
        let said = cause == .root ? Incident.Cause.beside(incident.id) : cause
        for id in cause == .root ? ids : (members[incident.id] ?? []).sorted() {
            guard var alert = alerts[id] else { continue }
            effects.append(decided(.joined(said, assets: assets), alert, at: now))
            // When the known root is back, an answer will say whether this was part of it.
            guard cause == .root, alert.hold == nil, reachFails(root) else { continue }
            alert.hold = .cause(root)
            keep(alert, &effects)
        }
    }

    /// The likely cause of what begins to fail together: with its root, and what it joins.
    private func likelihood(
        of incident: Incident, near: [Incident]
    ) -> (cause: Incident.Cause, root: Int64, kin: [Incident])? {
        guard case .root = incident.cause else { return nil }
        // Its root is known and takes others with it: what else fails then is likely part of it.
        if assets(in: incident).count >= 3 { return near.isEmpty ? nil : (.root, incident.root, near) }
        if let told = toldBeside(incident) { return (.beside(told), incident.root, near) }
        let roots = [incident.root] + near.map(\.root)
        if let shared = shared(by: roots, of: incident.root) {
            let below = dependencies.below(shared).union([shared])
            return (.shared(shared), shared, near.filter { below.contains($0.root) })
        }
        if Set(roots).count >= Self.crowd { return (.coincidence, incident.root, near) }
        guard let site = dependencies[incident.root]?.site, !site.isEmpty else { return nil }
        let there = near.filter { dependencies[$0.root]?.site == site }
        guard !there.isEmpty else { return nil }
        let outermost = ([incident.root] + there.map(\.root)).min {
            (dependencies[$0]?.depth ?? 0, $0) < (dependencies[$1]?.depth ?? 0, $1)
        }
        return (.site(site), outermost ?? incident.root, there)
    }

    /// A large incident that somebody was told of already, and that began at the same time.
    private func toldBeside(_ incident: Incident) -> Int64? {
        guard let begun = span(of: incident) else { return nil }
        return incidents.values.filter { other in
            guard other.told != nil, other.mergedInto == nil, let span = span(of: other) else { return false }
            return assets(in: other).count >= 3 && meets(span, begun)
        }.map(\.id).min()
    }

    /// The nearest thing that at least three of these depend on, this one among them, and that may have failed.
    private func shared(by roots: [Int64], of root: Int64) -> Int64? {
        let candidates = dependencies.above(root).filter { !isKnown($0) }
        let counted = candidates.compactMap { candidate -> (id: Int64, failing: Int, all: Int)? in
            let below = dependencies.below(candidate)
            let failing = Set(roots).intersection(below).count
            guard failing >= 3 else { return nil }
            let all = below.filter { isKnown($0) && dependencies[$0]?.via.isEmpty == false }
            let out = all.filter { isOut($0) }.count
            return out * 2 >= all.count ? (candidate, failing, all.count) : nil
        }
        return counted.max { ($0.failing, -$0.all, -$0.id) < ($1.failing, -$1.all, -$1.id) }?.id
    }

    /// From the first to the last beginning of what fails in an incident, on the agents' clocks.
    private func span(of incident: Incident) -> ClosedRange<Instant>? {
        let times = (members[incident.id] ?? []).compactMap { alerts[$0] }.filter {
            $0.hold != .quiet && !$0.subject.isFinding
        }
        .map(\.since)
        guard let first = times.min(), let last = times.max() else { return nil }
        return first...last
    }

    private func meets(_ one: ClosedRange<Instant>, _ other: ClosedRange<Instant>) -> Bool {
        one.lowerBound <= other.upperBound + Self.window && other.lowerBound <= one.upperBound + Self.window
    }

    func assets(in incident: Incident) -> Set<Int64> {
        Set((members[incident.id] ?? []).compactMap { alerts[$0]?.asset })
    }
}
