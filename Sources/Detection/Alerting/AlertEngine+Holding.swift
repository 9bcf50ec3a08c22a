import Vocabulary

/// What depends on a thing follows it when it fails, and is let go when it is back.
extension AlertEngine {
    /// An asset cannot be reached from now on: what depends on it belongs to that.
    mutating func gather(_ asset: Int64, at now: Instant, _ effects: inout [Effect]) {
        for below in [asset] + dependencies.below(asset).sorted() {
            for id in (byAsset[below] ?? []).sorted() {
                guard let alert = alerts[id] else { continue }
                follow(alert, at: now, &effects)
            }
        }
    }

    /// Brings an alert to what is to blame for it now, if anything is.
    @discardableResult
    mutating func follow(_ alert: Alert, at now: Instant, _ effects: inout [Effect]) -> Bool {
        let harm = harm(alert)
        // What has failed for long and now fails otherwise, or again, does so since then.
        let belief = beliefs[alert.subject].flatMap { [.down, .degraded].contains($0.state) ? $0.since : nil }
        let since = max(belief ?? alert.since, alert.since)
        guard let holder = holder(alert.subject, asset: alert.asset, harm, since: since),
            let home = incidentOfReach(holder, harm)
        else { return false }
        var alert = alert
        guard alert.hold != .cause(holder) || alert.incident != home else { return true }
        alert.hold = .cause(holder)
        keep(alert, &effects)
        effects.append(decided(belongs(to: holder, alert), alert, at: now))
        if alert.incident != home { move([alert.id], to: home, at: now, &effects) }
        return true
    }

    /// A failure shows otherwise than before: what it was held for may no longer explain it, and something else may.
    mutating func reconsider(_ id: Int64, from before: Harm, at now: Instant, _ effects: inout [Effect]) {
        guard let alert = alerts[id], harm(alert) != before, !follow(alert, at: now, &effects) else { return }
        if case .cause = alert.hold { stillFails(alert, at: now, &effects) }
    }

    /// An asset can be reached again: what it held waits for an answer that is newer, or for its next cause.
    mutating func release(from asset: Int64, after: Instant, at now: Instant, _ effects: inout [Effect]) {
        for alert in held(by: asset) where !follow(alert, at: now, &effects) {
            wait(for: alert, after: after, at: now, &effects)
        }
    }

    /// Nothing explains an alert any more that something held: the next answer will say.
    mutating func wait(for alert: Alert, after: Instant, at now: Instant, _ effects: inout [Effect]) {
        var alert = alert
        alert.hold = .news(after: after, until: now + harm(alert).newsPatience)
        keep(alert, &effects)
        effects.append(decided(.awaitsNews(after: after), alert, at: now))
    }

    /// An asset comes and goes no more: that holds nothing any longer. Where nobody knows whether it can be reached, what it
    /// holds stays held.
    mutating func release(from asset: Int64, steadyAt now: Instant, _ effects: inout [Effect]) {
        if isKnown(asset), !reachFails(asset) { release(from: asset, after: now, at: now, &effects) }
    }

    /// Nobody knows any more whether an asset can be reached: what it held stays held, unless something else is to blame.
    mutating func rethink(heldBy asset: Int64, at now: Instant, _ effects: inout [Effect]) {
        for alert in held(by: asset) { follow(alert, at: now, &effects) }
    }

    private func held(by asset: Int64) -> [Alert] {
        (heldBy[asset] ?? []).sorted().compactMap { alerts[$0] }
    }

    /// An answer newer than its cause's recovery says that it is not over; what is quiet meanwhile is held by that.
    mutating func stillFails(_ alert: Alert, at now: Instant, _ effects: inout [Effect]) {
        let why = whyQuiet(alert.asset)
        leave(alert, hold: why == nil ? nil : .quiet, .stillFailing, at: now, &effects)
        guard let why, let alert = alerts[alert.id] else { return }
        effects.append(decided(why, alert, at: now))
    }

    /// Why an alert is part of what an asset's failure is.
    func belongs(to holder: Int64, _ alert: Alert) -> Decision.Verdict {
        let since = began(harm(alert), holder)
        return holder == alert.asset ? .unreachable(since: since) : .caused(by: holder, since: since)
    }

    mutating func missesNews(_ alert: Alert, after: Instant, at now: Instant, _ effects: inout [Effect]) {
        // Losses are counted over minutes: as long as they are believed, they are.
        if harm(alert) == .lossy, beliefs[alert.subject]?.state == .degraded {
            return stillFails(alert, at: now, &effects)
        }
        leave(alert, hold: .unseen(after: after), .noNews, at: now, &effects)
    }

    /// Leaves its incident for the one of what is left over from it at its site; its patience begins.
    private mutating func leave(
        _ alert: Alert, hold: Alert.Hold?, _ verdict: Decision.Verdict, at now: Instant, _ effects: inout [Effect]
    ) {
        var alert = alert
        let isLeftover = if case .unseen = alert.hold { true } else { false }
        alert.hold = hold
        alert.ready = now
        alert.told = nil
        keep(alert, &effects)
        effects.append(decided(verdict, alert, at: now))
        // It has left already, when no news came.
        guard !isLeftover else { return }
        let origin = alert.incident
        let home =
            incidents.values.filter {
                $0.cause == .leftover(origin) && $0.told == nil && $0.mergedInto == nil
                    && areTogether($0.root, alert.asset)
            }.map(\.id).min() ?? nextIncident
        if home == nextIncident {
            nextIncident += 1
            keep(Incident(id: home, root: alert.asset, cause: .leftover(origin), opened: now), &effects)
        }
        move([alert.id], to: home, at: now, &effects)
    }

    private func areTogether(_ one: Int64, _ other: Int64) -> Bool {
        guard let site = dependencies[one]?.site, !site.isEmpty else { return one == other }
        return dependencies[other]?.site == site
    }

    /// Alerts change their incident; one that loses all of them is merged into it.
    mutating func move(_ ids: [Int64], to home: Int64, at now: Instant, _ effects: inout [Effect]) {
        for id in ids {
            guard var alert = alerts[id], alert.incident != home, let origin = incidents[alert.incident] else {
                continue
            }
            alert.incident = home
            keep(alert, &effects)
            worsen(id, at: now, &effects)
            guard members[origin.id]?.isEmpty ?? true, let target = incidents[home] else { continue }
            if target.cause == .leftover(origin.id) {
                closeIfOver(origin, at: now, &effects)
            } else {
                merge(origin, into: target, at: now, &effects)
            }
        }
    }

    /// An incident without alerts ends in another. Who was told of one is not told again of the same failure under another
    /// number: the one that was told goes on, with the other's root.
    private mutating func merge(
        _ empty: Incident, into target: Incident, at now: Instant, _ effects: inout [Effect]
    ) {
        let goesOn = empty.told != nil && target.told == nil && isSaid(target, with: empty)
        handOver(from: empty.id, to: goesOn ? empty.id : target.id, at: now, &effects)
        guard var empty = incidents[empty.id], var target = incidents[target.id] else { return }
        guard goesOn else {
            // Both were told: both recoveries are owed, when the last of it is over. Of one that nobody was told of
            // nothing is owed.
            empty.mergedInto = target.id
            if empty.told == nil { empty.resolved = now }
            let followers = mergedInto[empty.id] ?? []
            keep(empty, &effects)
            follow(followers, to: target.id, &effects)
            return
        }
        empty.root = target.root
        empty.cause = target.cause
        empty.overran = target.overran
        keep(empty, &effects)
        for var alert in alerts(of: target.id) {
            alert.incident = empty.id
            keep(alert, &effects)
            worsen(alert.id, at: now, &effects)
        }
        let followers = mergedInto[target.id] ?? []
        target.mergedInto = empty.id
        target.resolved = now
        keep(target, &effects)
        follow(followers, to: empty.id, &effects)
    }

    /// Whether a failure is what was told already: it had begun then. One that begins while the other still lasts, or has
    /// not settled, is news.
    private func isSaid(_ incident: Incident, with told: Incident) -> Bool {
        let root = alerts(of: incident.id).filter { $0.asset == incident.root && $0.hold == nil }
        return root.allSatisfy { $0.since <= told.opened + harm($0).lead }
    }

    /// What had merged into an incident goes where that went.
    private mutating func follow(_ merged: Set<Int64>, to home: Int64, _ effects: inout [Effect]) {
        for id in merged.sorted() {
            guard var other = incidents[id] else { continue }
            other.mergedInto = home
            keep(other, &effects)
        }
    }
}
