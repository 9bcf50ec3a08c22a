import Vocabulary

/// When somebody is told of an incident, and of what else at the same time.
extension AlertEngine {
    /// As important as the most important of what fails.
    func importance(of incident: Incident) -> Importance {
        let all = (members[incident.id] ?? []).compactMap { alerts[$0].map { dependencies.importance(of: $0.asset) } }
        return Importance.allCases.first(where: all.contains) ?? .normal
    }

    /// As short as the shortest of what fails.
    func patience(of incident: Incident) -> Patience {
        (members[incident.id] ?? []).compactMap { alerts[$0].map(patience) }.min() ?? Patience(.normal)
    }

    func patience(of alert: Alert) -> Patience {
        let own = dependencies.patience(of: alert.asset)
        let isCounted = harm(alert) == .lossy && alert.outcome.reason?.code == "packet-loss"
        return isCounted && dependencies[alert.asset]?.via.isEmpty == false ? max(own, Harm.counting) : own
    }

    /// When the next telling of an incident is due; nil: nothing is to come.
    func due(_ incident: Incident) -> Instant? {
        guard incident.mergedInto == nil else { return nil }
        if let toldAs = incident.toldAs, incident.told != nil {
            // Something more important has joined: who is responsible for that was not told.
            if toldAs != .core, case let importance = importance(of: incident), importance.weight > toldAs.weight {
                let joined = open(in: incident).filter { dependencies.importance(of: $0.asset) == importance }
                return joined.map { patience(of: $0).due(from: $0.ready) }.min()
            }
            // Who has it said until when it is theirs.
            guard incident.acknowledged?.until == nil else { return nil }
            return incident.worsened.map { patience(of: incident).due(from: $0) }
        }
        guard let first = open(in: incident).map(\.ready).min() else { return nil }
        let due = max(first + Self.siblings, patience(of: incident).due(from: first))
        // What is still growing is told whole, if that does not take too long.
        return lastOpened.map { max(due, min($0 + Self.siblings, first + Self.growth)) } ?? due
    }

    /// The members that nothing holds.
    func open(in incident: Incident) -> [Alert] {
        (members[incident.id] ?? []).compactMap { alerts[$0] }.filter { $0.hold == nil }
    }

    mutating func tell(_ incident: Incident, at now: Instant, _ effects: inout [Effect]) {
        let wasTold = incident.told
        // What was graver for less than its patience is on the record only.
        if incident.worsened != nil, !open(in: incident).contains(where: { $0.gravity == .down }) {
            var incident = incident
            incident.worsened = nil
            return keep(incident, &effects)
        }
        if wasTold == nil { join(kinOf: incident, at: now, &effects) }
        guard let incident = incidents[incident.id] else { return }
        let importance = importance(of: incident)
        let telling: Effect.Telling =
            wasTold == nil || importance.weight > (incident.toldAs ?? .low).weight ? .problem : .worse
        say(telling, of: incident, importance: importance, at: now, &effects)
    }

    /// Says all of an incident as it is now.
    mutating func say(
        _ telling: Effect.Telling, of incident: Incident, importance: Importance, at now: Instant,
        _ effects: inout [Effect]
    ) {
        var incident = incident
        let members = alerts(of: incident.id)
        let gravest: State = members.contains { $0.gravity == .down } ? .down : .degraded
        incident.told = gravest
        incident.toldAs = importance
        incident.worsened = nil
        keep(incident, &effects)
        for var alert in members
        where telling == .reminder || alert.told == nil || alert.told == .degraded && gravest == .down {
            alert.told = alert.gravity
            keep(alert, &effects)
            effects.append(decided(.told(telling, importance: importance), alert, at: now))
        }
        effects.append(.scene(scene(of: incident)))
        effects.append(.tell(telling, incident: incident.id, importance: importance))
    }
}

extension Importance {
    /// The more, the more important.
    var weight: Int {
        switch self {
        case .core: 2
        case .normal: 1
        case .low: 0
        }
    }
}
