import Detection
import Vocabulary

/// How the engine stands after a step is held against its rules.
extension AlertSimulation {
    mutating func verify() {
        var alive: Set<Int64> = []
        var (last, held): (Int64?, Int) = (nil, 0)
        for alert in engine.alerts.values {
            guard case .check(let check) = alert.subject else { continue }
            // Most of them stand in one incident, held by its cause.
            if alert.incident != last {
                alive.insert(alert.incident)
                last = alert.incident
                if engine.incidents[alert.incident] == nil { fail(.ending, "alert \(alert.id) has no incident") }
            }
            if case .cause = alert.hold { held += 1 }
            verify(alert, check, belief(check).state)
        }
        test(.cause, held)
        test(.maintenance, engine.silenced.count)
        if steps.isMultiple(of: 50) { verifyMeasuring() }
        test(.ending, engine.incidents.count)
        for incident in engine.incidents.values where incident.mergedInto == nil {
            if !alive.contains(incident.id) { fail(.ending, "incident \(incident.id) is open without an alert") }
            if let until = incident.acknowledged?.until, incident.told != nil, now - until > .seconds(1), isDone {
                verifyReminded(incident.id, since: until)
            }
        }
        for (id, cause) in ledger.kin {
            guard let alert = ledger.alerts[id], alert.hold == .cause(cause) else {
                ledger.kin[id] = nil
                continue
            }
            guard ledger.owed[alert.incident] == nil else { continue }
            let isDeclared = world.dependencies.above(alert.asset).contains(cause)
            fail(isDeclared ? .redundancy : .likelihood, "alert \(id) is held by \(cause), and nobody was told")
        }
    }

    private mutating func verify(_ alert: Alert, _ check: Int64, _ state: State) {
        if state == .up, alert.settles == nil { fail(.resolving, "alert \(alert.id) is open, and its check is up") }
        if case .cause(let cause) = alert.hold {
            // One that is known to work holds nothing, and one that fails otherwise does not.
            switch belief(cause * 10).state {
            case .up where !explains(cause, alert): fail(.cause, "alert \(alert.id) is held by \(cause), which works")
            case .degraded:
                test(.harm)
                if !explains(cause, alert) { fail(.harm, "alert \(alert.id) is held by \(cause), which only is lossy") }
            default: break
            }
        }
        guard alert.hold == nil, state != .unknown else { return }
        let incident = engine.incidents[alert.incident]
        let wasTold = incident?.told != nil
        if incident?.told == .degraded, alert.gravity == .down, incident?.acknowledged?.until == nil {
            test(.worse)
            let free = [ledger.free[alert.id], ledger.changed[alert.id]].compactMap(\.self).max() ?? now
            if now - free > .seconds(200), isDone { fail(.worse, "alert \(alert.id) is down since \(free)") }
        }
        if now - alert.ready > .seconds(200) {
            test(.likelihood)
            if !wasTold { fail(.likelihood, "alert \(alert.id) has lasted, and nobody was told") }
            if let incident { verifyHeard(alert, of: incident) }
        }
        if !wasTold, alert.settles == nil { verifyFree(alert) }
    }

    /// What began after its incident was told is not known to those who were told.
    private mutating func verifyHeard(_ alert: Alert, of incident: Incident) {
        guard let heard = ledger.heard[incident.id], heard < alert.since else { return }
        test(.oneMessage)
        let lead = Duration.seconds(isLossy(alert) || alert.isFlapping ? 120 : 20)
        if incident.opened + lead < alert.since {
            fail(.oneMessage, "alert \(alert.id) began after incident \(incident.id) was told, and nobody heard of it")
        }
    }

    /// Nothing on the declared way to an alert that is about to be told is to blame for it.
    private mutating func verifyFree(_ alert: Alert) {
        if quiet[alert.asset] != nil { fail(.maintenance, "alert \(alert.id) is free in maintenance") }
        for group in world.dependencies[alert.asset]?.via ?? [] where group.count == 1 {
            let parent = group[0]
            if quiet[parent] != nil { fail(.maintenance, "alert \(alert.id) is free, and \(parent) in maintenance") }
            // What it may belong to: an alert of its parent, which begun no later than it.
            let began = belief(parent * 10)
            let isCause = began.state == .down || began.state == .degraded && isLossy(alert)
            guard isCause, ledger.byCheck[parent * 10] != nil, began.since <= alert.since else { continue }
            let above = world.dependencies.above(parent).map { belief($0 * 10) }
            if above.allSatisfy({ $0.state == .up }) { fail(.cause, "alert \(alert.id) is free, and \(parent) fails") }
        }
    }

    /// Nothing is due at this moment, that is yet to be done.
    private var isDone: Bool { engine.nextDue.map { $0 > now } ?? true }

    /// Somebody's time is over: it is said as soon as anybody can see that it still fails.
    private mutating func verifyReminded(_ incident: Int64, since until: Instant) {
        let isSeen = engine.alerts.values.contains { alert in
            guard alert.incident == incident, alert.hold == nil, case .check(let check) = alert.subject else {
                return false
            }
            return [.down, .degraded].contains(belief(check).state) && quiet.isEmpty
        }
        if isSeen { fail(.acknowledgement, "incident \(incident) still fails since \(until), and nobody is reminded") }
    }

    /// What is believed to fail has an alert, or stands aside because something is quiet.
    private mutating func verifyMeasuring() {
        for (check, known) in believed.enumerated() where known.state == .down || known.state == .degraded {
            test(.measuring)
            if ledger.byCheck[Int64(check)] == nil, engine.silenced[.check(Int64(check))] == nil {
                fail(.measuring, "check \(check) fails without an alert")
            }
        }
    }
}
