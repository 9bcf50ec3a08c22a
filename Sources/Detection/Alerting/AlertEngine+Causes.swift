import Vocabulary

/// What of a failure something else is to blame for.
extension AlertEngine {
    /// Whether a thing cannot carry what depends on it: it fails itself, or nobody knows and all that leads to it does.
    func isOut(_ asset: Int64, for harm: Harm = .gone) -> Bool { out(asset, harm, passed: []) }

    private func out(_ asset: Int64, _ harm: Harm, passed: Set<Int64>) -> Bool {
        if does(harm, asset) { return true }
        guard !isKnown(asset), !passed.contains(asset), let via = dependencies[asset]?.via else { return false }
        let passed = passed.union([asset])
        return via.contains { group in group.allSatisfy { out($0, harm, passed: passed) } }
    }

    /// The furthest thing that fails on the way to an asset, of those that explain a failure that began at `since`.
    private func furthest(from asset: Int64, _ harm: Harm, since: Instant, passed: Set<Int64>) -> Int64? {
        for group in dependencies[asset]?.via ?? [] where group.allSatisfy({ isOut($0, for: harm) }) {
            for via in group where !passed.contains(via) {
                if let root = furthest(from: via, harm, since: since, passed: passed.union([via])) { return root }
                if does(harm, via), let begun = began(harm, via), since >= begun - harm.lead { return via }
            }
        }
        return nil
    }

    /// Whether the declared way to an asset is known to work: nothing on it is to blame.
    func isCarried(_ asset: Int64, _ harm: Harm) -> Bool {
        guard let via = dependencies[asset]?.via, !via.isEmpty else { return false }
        return via.allSatisfy { group in group.contains { isKnown($0) && !does(harm, $0) } }
    }

    /// What is quiet on the way to an asset, so that nothing gets through or nobody knows.
    func quietCause(of asset: Int64) -> (asset: Int64, quiet: Quiet)? { quietCause(of: asset, passed: [asset]) }

    private func quietCause(of asset: Int64, passed: Set<Int64>) -> (asset: Int64, quiet: Quiet)? {
        for group in dependencies[asset]?.via ?? [] {
            let found = group.map { via -> (asset: Int64, quiet: Quiet)? in
                if let quiet = quiet[via] { return (via, quiet) }
                guard !passed.contains(via), isOut(via) || !isKnown(via) else { return nil }
                return quietCause(of: via, passed: passed.union([via]))
            }
            // Of a group in which one is enough, what is not quiet has to fail.
            guard let first = found.compactMap({ $0 }).first else { continue }
            if zip(group, found).allSatisfy({ $1 != nil || isOut($0) }) { return first }
        }
        return nil
    }

    /// The open incident in which it stands that an asset cannot be reached, or what else shows as a failure does.
    func incidentOfReach(_ asset: Int64, _ harm: Harm) -> Int64? {
        let reach = dependencies[asset]?.reach ?? []
        return byAsset[asset]?.compactMap { alerts[$0] }.filter { alert in
            guard reach.contains(alert.subject) else { return false }
            return alert.outcome.state == .down || harm == .lossy && alert.outcome.state == .degraded
                || harm == .unsteady && alert.isFlapping
        }.min { $0.id < $1.id }?.incident
    }

    /// What somebody is told of instead of a failure, if that is so: a thing on the way, or the asset itself.
    func holder(_ subject: Subject, asset: Int64, _ harm: Harm, since: Instant) -> Int64? {
        guard !subject.isFinding else { return nil }
        if let cause = furthest(from: asset, harm, since: since, passed: [asset]) { return cause }
        guard let own = dependencies[asset], !own.reach.contains(subject), does(harm, asset),
            let begun = began(harm, asset), since >= begun - harm.lead
        else { return nil }
        return asset
    }
}
