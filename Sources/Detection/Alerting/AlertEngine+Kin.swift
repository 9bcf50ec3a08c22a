import Vocabulary

/// What fails at the same time, and is joined by that alone: said as a likelihood, in the same message.
extension AlertEngine {
    /// Joins to an incident that is about to be told what nobody was told of and began to fail at the same time.
    mutating func join(kinOf incident: Incident, at now: Instant, _ effects: inout [Effect]) {
        if case .leftover = incident.cause { return join(leftoversWith: incident, at: now, &effects) }
        guard let begun = onset(of: incident) else { return }
        let near = incidents.values.filter { other in
            guard other.id != incident.id, other.mergedInto == nil, other.told == nil else { return false }
            return onset(of: other)?.meets(begun) ?? false
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
            guard cause == .root, alert.hold == nil, does(harm(alert), root) else { continue }
            alert.hold = .cause(root)
            keep(alert, &effects)
        }
    }

    /// What one cause leaves behind is for each site a failure of its own, named for what stands nearest to the outside;
    /// at many sites it is one.
    private mutating func join(leftoversWith incident: Incident, at now: Instant, _ effects: inout [Effect]) {
        let others = incidents.values.filter {
            $0.id != incident.id && $0.cause == incident.cause && $0.mergedInto == nil && $0.told == nil
        }.sorted { $0.id < $1.id }
        if breadth(Set(others.map(\.root) + [incident.root])) >= Self.crowd {
            move(others.flatMap { (members[$0.id] ?? []).sorted() }, to: incident.id, at: now, &effects)
        }
        guard let root = outermost(of: open(in: incident).map(\.asset)), root != incident.root else { return }
        var incident = incident
        incident.root = root
        keep(incident, &effects)
    }

    /// What stands nearest to the outside.
    private func outermost(of assets: [Int64]) -> Int64? {
        assets.min { (dependencies[$0]?.depth ?? 0, $0) < (dependencies[$1]?.depth ?? 0, $1) }
    }

    /// The likely cause of what begins to fail together: with its root, and what it joins.
    private func likelihood(
        of incident: Incident, near: [Incident]
    ) -> (cause: Incident.Cause, root: Int64, kin: [Incident])? {
        guard case .root = incident.cause else { return nil }
        let parts = likelyParts(of: incident, among: near)
        if !parts.isEmpty { return (.root, incident.root, parts) }
        if let told = toldBeside(incident, near: near) {
            return (.beside(told.id), incident.root, likelyParts(of: told, among: near))
        }
        let roots = [incident.root] + near.map(\.root)
        if let shared = shared(by: roots, of: incident.root) {
            let below = dependencies.below(shared).union([shared])
            return (.shared(shared), shared, near.filter { below.contains($0.root) })
        }
        if breadth(Set(roots)) >= Self.flood { return (.coincidence, incident.root, near) }
        let crowd = near.filter { isUnexplained($0, beside: incident) }
        if isUnexplained(incident, beside: incident), breadth(Set([incident.root] + crowd.map(\.root))) >= Self.crowd {
            return (.coincidence, incident.root, crowd)
        }
        guard let site = dependencies[incident.root]?.site, !site.isEmpty else { return nil }
        let there = near.filter { dependencies[$0.root]?.site == site }
        guard !there.isEmpty else { return nil }
        return (.site(site), outermost(of: [incident.root] + there.map(\.root)) ?? incident.root, there)
    }

    /// What began to fail beside a larger failure and is likely part of it: it stands where that failure reaches, or that
    /// is large enough to reach anywhere, and nothing is declared that speaks against it.
    private func likelyParts(of incident: Incident, among near: [Incident]) -> [Incident] {
        let assets = assets(in: incident)
        guard assets.count >= 3 else { return [] }
        let places = Set(assets.map { dependencies[$0]?.site ?? "" })
        let reached = near.filter { places.contains(site(of: $0)) && !site(of: $0).isEmpty }
        guard breadth(assets) >= 3 else { return reached }
        var (unexplained, sites): ([Incident], Set<String>) = ([], [])
        for other in near where site(of: other).isEmpty || !places.contains(site(of: other)) {
            if isUnexplained(other, beside: incident) {
                unexplained.append(other)
            } else {
                sites.insert(site(of: other))
            }
        }
        // What fails at a site with something that is no part is likely part of that.
        return reached + unexplained.filter { site(of: $0).isEmpty || !sites.contains(site(of: $0)) }
    }

    private func site(of incident: Incident) -> String { dependencies[incident.root]?.site ?? "" }

    /// At how many places assets stand; those that stand nowhere count each.
    private func breadth(_ assets: Set<Int64>) -> Int {
        let sites = assets.map { dependencies[$0]?.site ?? "" }
        return Set(sites).subtracting([""]).count + sites.count(where: \.isEmpty)
    }

    /// Whether nothing that is known speaks against another's being a part: the way to it does not work, nor does what
    /// stands before it at its site. Where the way works the link may be wrong, which shows in its beginning at once with
    /// the rest, and in nothing working any more at its site.
    private func isUnexplained(_ other: Incident, beside incident: Incident) -> Bool {
        guard let onset = onset(of: other), let begun = self.onset(of: incident) else { return false }
        if !isCarried(other.root, onset.harm) { return !isReached(other.root, onset.harm) }
        return onset.harm != .lossy && begun.begins(with: onset) && isDark(site(of: other))
    }

    /// Whether something works that stands nearer to the outside at the same site: no failure elsewhere cuts it off.
    private func isReached(_ asset: Int64, _ harm: Harm) -> Bool {
        guard let own = dependencies[asset], !own.site.isEmpty else { return false }
        return dependencies.at(own.site).contains { other in
            (dependencies[other]?.depth ?? own.depth) < own.depth && isKnown(other) && !does(harm, other)
        }
    }

    /// Whether nothing at a site is known to work.
    private func isDark(_ site: String) -> Bool {
        site.isEmpty || dependencies.at(site).allSatisfy { !isKnown($0) || isOut($0, for: .unsteady) }
    }

    /// A large incident that somebody was told of already, and that began at the same time.
    private func toldBeside(_ incident: Incident, near: [Incident]) -> Incident? {
        guard let begun = onset(of: incident) else { return nil }
        return incidents.values.filter { other in
            guard other.told != nil, other.mergedInto == nil, let onset = onset(of: other) else { return false }
            return onset.meets(begun)
                && likelyParts(of: other, among: near + [incident]).contains { $0.id == incident.id }
        }.min { $0.id < $1.id }
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

    /// How an incident began; nil: with nothing that can have a cause in common with something else.
    private func onset(of incident: Incident) -> Onset? {
        let counted = (members[incident.id] ?? []).compactMap { alerts[$0] }.filter {
            $0.hold != .quiet && !$0.subject.isFinding
        }
        let times = counted.map(\.since)
        guard let first = times.min(), let last = times.max() else { return nil }
        let harms = Set((counted.contains { $0.hold == nil } ? counted.filter { $0.hold == nil } : counted).map(harm))
        let harm = ([.gone, .unsteady, .lossy] as [Harm]).first(where: harms.contains) ?? .service
        return Onset(harm: harm, times: first...last)
    }

    func assets(in incident: Incident) -> Set<Int64> {
        Set((members[incident.id] ?? []).compactMap { alerts[$0]?.asset })
    }
}

/// How the failures of an incident show, and from the first to the last beginning of them on the agents' clocks.
private struct Onset {
    /// What is asked every second and goes away with others is seen to do so within this.
    private static let once = Duration.seconds(1)

    let harm: Harm
    let times: ClosedRange<Instant>

    /// Whether both may be one failure: they show alike, and began at one time.
    func meets(_ other: Onset) -> Bool {
        harm.isAlike(other.harm) && isWithin(max(harm.window, other.harm.window), of: other)
    }

    /// Whether the other began while this did.
    func begins(with other: Onset) -> Bool {
        times.lowerBound <= other.times.lowerBound + Self.once && other.times.lowerBound <= times.upperBound + Self.once
    }

    private func isWithin(_ window: Duration, of other: Onset) -> Bool {
        times.lowerBound <= other.times.upperBound + window && other.times.lowerBound <= times.upperBound + window
    }
}
