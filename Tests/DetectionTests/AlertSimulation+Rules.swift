import Detection
import Vocabulary

/// What the engine says is held against its rules.
extension AlertSimulation {
    mutating func look(at effects: [Effect], news: AlertEngine.News?) {
        let decided = Set(
            effects.compactMap { effect in
                if case .decided(let decision) = effect { decision.alert } else { nil }
            })
        if let news, engine.silenced[news.subject] != nil { silence(of: news, effects) }
        for effect in effects {
            switch effect {
            case .tell(let telling, let id, let importance): tell(telling, id, importance)
            case .incident(let incident):
                if incident.resolved != nil { ledger.over.insert(incident.id) }
                if incident.overran != nil { asks(of: incident) }
            case .alert(let alert): look(at: alert, isDecided: decided.contains(alert.id))
            case .decided(let decision):
                switch decision.verdict {
                case .flapping: test(.folding)
                case .unknown: test(.unknown)
                case .joined: test(.likelihood)
                case .worseHeld: test(.acknowledgement)
                default: break
                }
            case .handed(let lost, _): ledger.heldUntil[lost] = nil
            case .lapsed(let id): lapses(id, effects)
            case .scene: break
            }
        }
    }

    private mutating func silence(of news: AlertEngine.News, _ effects: [Effect]) {
        test(.reason)
        let isSaid = effects.contains { effect in
            if case .decided(let decision) = effect { decision.subject == news.subject } else { false }
        }
        if !isSaid { fail(.reason, "nothing says why \(news.subject) opened no alert") }
    }

    private mutating func tell(_ telling: Effect.Telling, _ id: Int64, _ importance: Importance) {
        switch telling {
        case .problem:
            if ledger.over.contains(id) { fail(.recovery, "incident \(id) is told after its end") }
            if let before = ledger.owed[id], !(before == .normal && importance == .core) {
                fail(.oneMessage, "incident \(id) is told twice")
            }
            ledger.owed[id] = importance
            ledger.heard[id] = ledger.heard[id] ?? now
            waited(id, importance == .core ? .seconds(2) : .seconds(30))
        case .worse:
            if ledger.owed[id] == nil { fail(.recovery, "incident \(id) got worse, and nobody knew of it") }
            if ledger.heldUntil[id] != nil { fail(.acknowledgement, "incident \(id) is told while somebody has it") }
        case .reminder:
            test(.acknowledgement)
            if ledger.owed[id] == nil { fail(.recovery, "incident \(id) has a reminder, and nobody knew of it") }
            guard let until = ledger.heldUntil.removeValue(forKey: id), until <= now else {
                return fail(.acknowledgement, "incident \(id) has a reminder before its time, or twice")
            }
        case .recovery:
            test(.recovery)
            if ledger.owed.removeValue(forKey: id) == nil { fail(.recovery, "incident \(id) was told to nobody") }
        }
    }

    private mutating func lapses(_ id: Int64, _ effects: [Effect]) {
        guard ledger.owed[id] != nil else { return }
        let isReminded = effects.contains { effect in
            if case .tell(.reminder, id, _) = effect { true } else { false }
        }
        if !isReminded { fail(.acknowledgement, "the time of who has incident \(id) is over, and nobody is reminded") }
    }

    private mutating func asks(of incident: Incident) {
        guard incident.opened == now, incident.resolved == nil else { return }
        test(.overrun)
        // What became part of another has asked for nothing.
        if let known = ledger.overrun, known.at == now, known.incident != incident.id,
            [known.incident, incident.id].allSatisfy({ engine.incidents[$0].map { $0.mergedInto == nil } ?? false })
        {
            fail(.overrun, "incidents \(known.incident) and \(incident.id)")
        }
        ledger.overrun = (incident.id, now)
    }

    /// What is told has lasted for its patience since nothing holds it any more.
    private mutating func waited(_ incident: Int64, _ patience: Duration) {
        let free = ledger.alerts.values.filter { $0.incident == incident && $0.hold == nil }
        let longest = free.map { now - (ledger.free[$0.id] ?? now) }.max() ?? .zero
        if free.contains(where: { ledger.free[$0.id] != $0.opened }) { test(.patience) }
        if longest < patience { fail(.patience, "incident \(incident) is told after \(longest)") }
    }

    private mutating func look(at alert: Alert, isDecided: Bool) {
        guard case .check(let check) = alert.subject else { return }
        let before = ledger.alerts[alert.id]
        let isNew = before == nil
        defer { keep(alert, of: check) }
        if isNew || before?.hold != alert.hold || before?.told == nil && alert.told != nil || alert.resolved != nil {
            test(.reason)
            if !isDecided { fail(.reason, "nothing says why alert \(alert.id) is as it is") }
        }
        if isNew { begins(alert, check) }
        if let home = before?.incident, home != alert.incident, ledger.owed[alert.incident] != nil { test(.oneMessage) }
        if alert.resolved != nil {
            if alert.hold != nil || quiet[alert.asset] != nil { test(.resolving) }
            if belief(check).state == .unknown { fail(.unknown, "alert \(alert.id) ends, and nobody knows of it") }
            return
        }
        if case .cause(let cause) = alert.hold, before?.hold != alert.hold { takes(alert, cause) }
        if let before, before.outcome.state != alert.outcome.state || before.isFlapping != alert.isFlapping {
            ledger.changed[alert.id] = now
        }
        switch (before?.hold, alert.hold) {
        case (.news(let after, _), nil), (.unseen(let after), nil):
            test(.newerAnswer)
            // Losses that go on for as long as it takes to count them are an answer.
            let isCounted = isLossy(alert) && now - after >= .seconds(120)
            if (answered[check] ?? after) <= after, !isCounted { fail(.newerAnswer, "alert \(alert.id) had none") }
        case (.cause, nil) where ledger.changed[alert.id] != now:
            fail(.newerAnswer, "alert \(alert.id) waited for none")
        default: break
        }
    }

    /// Three failures that came and went within ten minutes make an alert of their own each; the next ones do not.
    private mutating func begins(_ alert: Alert, _ check: Int64) {
        if ledger.owed[alert.incident] != nil { test(.oneMessage) }
        var beginnings = ledger.beginnings[check] ?? []
        guard beginnings.last != alert.since else { return }
        beginnings = (beginnings + [alert.since]).suffix(5)
        ledger.beginnings[check] = beginnings
        if beginnings.count == 5, alert.since - beginnings[0] < Changes.within {
            fail(.folding, "check \(check) opened its fifth alert")
        }
    }

    /// A cause begins to hold an alert.
    private mutating func takes(_ alert: Alert, _ cause: Int64) {
        if belief(cause * 10).state == .unknown {
            fail(.unknown, "alert \(alert.id) is held by what nobody saw fail")
        } else if !explains(cause, alert) {
            fail(.harm, "alert \(alert.id) is held by \(cause), which does not show so")
        }
        guard cause != alert.asset else { return }
        let isCut = (world.dependencies[alert.asset]?.via ?? []).contains { group in
            if group.count > 1 { test(.redundancy) }
            return group.allSatisfy { belief($0 * 10).state == .unknown || explains($0, alert) }
        }
        // With a way left it can only be a likelihood, which is said.
        if !isCut { ledger.kin[alert.id] = cause }
    }

    func isLossy(_ alert: Alert) -> Bool {
        guard case .check(let check) = alert.subject else { return false }
        return AlertWorld.isReach(check) && alert.outcome.state == .degraded && !alert.isFlapping
    }

    /// Whether a thing shows what an alert shows, or worse.
    func explains(_ cause: Int64, _ alert: Alert) -> Bool {
        let own = ledger.byCheck[cause * 10].flatMap { ledger.alerts[$0] }
        return switch belief(cause * 10).state {
        case .down: true
        case .degraded where isLossy(alert): true
        case .up, .degraded: alert.isFlapping && own?.isFlapping == true
        case .unknown: false
        }
    }

    private mutating func keep(_ alert: Alert, of check: Int64) {
        let isOpen = alert.resolved == nil
        if alert.hold != nil || !isOpen {
            ledger.free[alert.id] = nil
        } else if ledger.free[alert.id] == nil {
            ledger.free[alert.id] = now
        }
        if !isOpen { ledger.kin[alert.id] = nil }
        ledger.alerts[alert.id] = isOpen ? alert : nil
        ledger.byCheck[check] = isOpen ? alert.id : nil
    }
}
