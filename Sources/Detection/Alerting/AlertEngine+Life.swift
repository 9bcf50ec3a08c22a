import Vocabulary

/// Alerts open, go on and end.
extension AlertEngine {
    /// `overran`: the maintenance that ended just now, and before this was up again.
    mutating func open(
        _ news: News, ready: Instant, overran: String? = nil, at now: Instant, _ effects: inout [Effect]
    ) {
        let note = { (verdict: Decision.Verdict) in Effect.decided(Decision(at: now, verdict, subject: news.subject)) }
        if let quiet = quiet[news.asset], !news.subject.isFinding {
            silenced[news.subject] = news
            effects.append(note(.quiet(quiet)))
            return
        }
        let harm = harm(of: news.subject, asset: news.asset, state: news.outcome.state)
        let holder = holder(news.subject, asset: news.asset, harm, since: news.since)
        let home = holder.flatMap { incidentOfReach($0, harm) }
        if home == nil, !news.subject.isFinding, let cause = quietCause(of: news.asset) {
            silenced[news.subject] = news
            effects.append(note(.quietCause(cause.asset, cause.quiet)))
            return
        }
        var alert = Alert(
            id: nextAlert, subject: news.subject, asset: news.asset, outcome: news.outcome, since: news.since,
            confirmed: news.confirmed, opened: now, incident: 0, ready: ready)
        nextAlert += 1
        if !news.subject.isFinding { lastOpened = now }
        if let holder, let home {
            alert.hold = .cause(holder)
            alert.incident = home
        } else if let sibling = overran.map({ overrun(of: $0, at: now) }) ?? sibling(of: news.asset, at: now) {
            alert.incident = sibling
        } else {
            alert.incident = nextIncident
            nextIncident += 1
            keep(Incident(id: alert.incident, root: news.asset, opened: now, overran: overran), &effects)
        }
        keep(alert, &effects)
        effects.append(decided(.opened, alert, at: now))
        if let overran { effects.append(decided(.overran(overran), alert, at: now)) }
        if let holder, home != nil {
            effects.append(decided(belongs(to: holder, alert), alert, at: now))
        } else if let incident = incidents[alert.incident], let due = due(incident) {
            effects.append(
                decided(.waits(until: due, importance(of: incident), patience(of: incident)), alert, at: now))
        }
    }

    /// What of the same asset has just begun to fail, and nobody was told of.
    private func sibling(of asset: Int64, at now: Instant) -> Int64? {
        byRoot[asset]?.filter { id in
            guard let incident = incidents[id], incident.mergedInto == nil, incident.told == nil else { return false }
            return now - incident.opened <= Self.siblings
        }.min()
    }

    /// What else is not up although the same maintenance ended just now: somebody is asked once, not for each.
    private func overrun(of maintenance: String, at now: Instant) -> Int64? {
        incidents.values.filter {
            $0.overran == maintenance && $0.opened == now && $0.told == nil && $0.mergedInto == nil
        }.map(\.id).min()
    }

    mutating func failAgain(_ alert: Alert, _ news: News, at now: Instant, _ effects: inout [Effect]) {
        var alert = alert
        let before = harm(alert)
        let isWorse = !alert.isFlapping && news.outcome.state == .down && alert.outcome.state != .down
        alert.outcome = news.outcome
        if alert.isFlapping { alert.settles = now + Changes.gone }
        keep(alert, &effects)
        switch alert.hold {
        case .news(let after, _) where news.confirmed > after, .unseen(let after) where news.confirmed > after:
            stillFails(alert, at: now, &effects)
        default: reconsider(alert.id, from: before, at: now, &effects)
        }
        if isWorse { worsen(alert.id, at: now, &effects) }
    }

    /// An alert is graver than what was told of its incident.
    mutating func worsen(_ id: Int64, at now: Instant, _ effects: inout [Effect]) {
        guard let alert = alerts[id], alert.hold == nil, alert.gravity == .down,
            var incident = incidents[alert.incident],
            incident.told == .degraded, incident.worsened == nil
        else {
            return
        }
        incident.worsened = now
        keep(incident, &effects)
        guard let held = incident.acknowledged, let until = held.until else { return }
        effects.append(decided(.worseHeld(by: held.by, until: until), alert, at: now))
    }

    mutating func recover(_ alert: Alert, _ news: News, at now: Instant, _ effects: inout [Effect]) {
        if dependencies[alert.asset]?.folds ?? true, let span = changes[alert.subject]?.span {
            var alert = alert
            alert.settles = now + Changes.calm
            if !alert.isFlapping {
                alert.isFlapping = true
                effects.append(decided(.flapping(changes: Changes.many, within: span), alert, at: now))
            }
            alert.outcome = .degraded(
                Reason(
                    "flapping", expected: "a steady state",
                    got: "\(Changes.many) changes in \(span.wholeMicroseconds / 1_000_000) s"))
            keep(alert, &effects)
            effects.append(decided(.settles(until: now + Changes.calm), alert, at: now))
            if !follow(alert, at: now, &effects), case .cause = alert.hold {
                wait(for: alert, after: news.since, at: now, &effects)
            }
            return
        }
        // Both came at once, because nobody could listen meanwhile: it lasted as long as it lasted. What was held counts
        // from when it was let go.
        let begun = alert.ready > alert.opened ? alert.ready : alert.confirmed
        if let incident = incidents[alert.incident], incident.told == nil, alert.hold == nil,
            case .after(let patience) = patience(of: incident),
            news.since - begun >= max(patience, Self.siblings), now - news.confirmed <= Self.freshness
        {
            tell(incident, at: now, &effects)
        }
        guard let alert = alerts[alert.id] else { return }
        resolve(alert, at: now, &effects)
    }

    /// What comes and goes has stayed as it is for long enough; where nobody knows, that begins anew.
    mutating func settle(_ alert: Alert, at now: Instant, _ effects: inout [Effect]) {
        var alert = alert
        switch beliefs[alert.subject]?.state {
        case .up, nil:
            resolve(alert, at: now, &effects)
            release(from: alert.asset, steadyAt: now, &effects)
        case .unknown:
            alert.settles = now + Changes.calm
            keep(alert, &effects)
        case .degraded, .down:
            alert.settles = nil
            alert.isFlapping = false
            keep(alert, &effects)
            reconsider(alert.id, from: .unsteady, at: now, &effects)
            release(from: alert.asset, steadyAt: now, &effects)
            worsen(alert.id, at: now, &effects)
        }
    }

    mutating func resolve(_ alert: Alert, at now: Instant, _ effects: inout [Effect]) {
        var alert = alert
        alert.resolved = now
        alert.settles = nil
        keep(alert, &effects)
        effects.append(decided(.resolved, alert, at: now))
        if alert.told == nil {
            effects.append(
                decided(
                    alert.hold == nil
                        ? .brief(
                            lasted: now - alert.opened, dependencies.importance(of: alert.asset), patience(of: alert))
                        : .heldThroughout,
                    alert, at: now))
        }
        guard let incident = incidents[alert.incident] else { return }
        closeIfOver(incident, at: now, &effects)
    }

    /// An incident is over with its last alert, and so is what has merged into it.
    mutating func closeIfOver(_ incident: Incident, at now: Instant, _ effects: inout [Effect]) {
        guard members[incident.id]?.isEmpty ?? true, incident.mergedInto == nil else { return }
        let merged = (mergedInto[incident.id] ?? []).sorted().compactMap { incidents[$0] }
        for var ended in [incident] + merged {
            ended.resolved = now
            keep(ended, &effects)
            effects.append(.decided(Decision(at: now, .over, incident: ended.id)))
            guard ended.told != nil else { continue }
            effects.append(.tell(.recovery, incident: ended.id, importance: ended.toldAs ?? .normal))
        }
    }
}
