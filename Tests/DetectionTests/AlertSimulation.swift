import Detection
import Vocabulary

/// Drives the engine through faults, and holds what it does against what is so.
struct AlertSimulation {
    private enum Event {
        case begin(AlertWorld.Fault)
        case end(AlertWorld.Fault)
        /// The agent has confirmed how a check has been since then, and its report arrives.
        case confirmed(Int64, State, since: Instant)
        case quiet(Int64, Bool)
        /// Somebody looks at the alerts and says that they have one of them, or gives one back.
        case person(again: Bool)
        /// Observations arrive, five seconds' worth.
        case observations
    }

    private var chance: AlertWorld.Chance
    private var world: AlertWorld
    private var engine: AlertEngine
    private var now = Instant(seconds: 1_700_000_000)
    private var events: [(time: Instant, order: Int, event: Event)] = []
    private var order = 0
    private var believed: [Int64: (outcome: Outcome, since: Instant)] = [:]
    private var quiet: [Int64: Quiet] = [:]
    /// Messages of each incident that are owed a recovery.
    private var owed: Set<Int64> = []
    private var over: Set<Int64> = []
    /// Until when somebody has an incident, before the step that is looked at.
    private var heldUntil: [Int64: Instant] = [:]
    /// How often the engine was read anew.
    private var reads: Int64 = 0
    private var holds: [Int64: Alert] = [:]
    /// The newest answer of each check that the engine was given.
    private var answered: [Int64: Instant] = [:]
    private(set) var failures: [String] = []
    /// How often each rule was put to the test.
    private(set) var counts: [String: Int] = [
        "steps": 0, "transitions": 0, "problems": 0, "recoveries": 0, "held": 0, "released": 0, "silenced": 0,
        "acknowledged": 0, "worse held": 0, "reminders": 0, "likelihoods": 0, "brief": 0, "told in time": 0,
        "flapping": 0, "unknown kept": 0,
    ]

    init(seed: UInt64) {
        chance = AlertWorld.Chance(state: seed)
        world = AlertWorld(&chance)
        var beliefs: [Subject: AlertEngine.Belief] = [:]
        for check in world.assetOf.keys {
            believed[check] = (.up, now)
            beliefs[.check(check)] = .init(.up, since: now)
        }
        engine = AlertEngine(dependencies: world.dependencies, beliefs: beliefs)
        schedule(.observations, after: .seconds(5))
        schedule(.person(again: true), after: .seconds(60))
    }

    private mutating func schedule(_ event: Event, after span: Duration) {
        order += 1
        let entry = (time: now + span, order: order, event: event)
        // Kept with the earliest last.
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if (events[middle].time, events[middle].order) > (entry.time, entry.order) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        events.insert(entry, at: low)
    }

    /// A day with at least twenty faults, many of them at once.
    mutating func day() async {
        let end = now + .seconds(86_400)
        for _ in 0..<Int.random(in: 20...40, using: &chance) {
            let start = chance.seconds(0...80_000)
            plan(after: start)
            // A second one in its midst.
            if Int.random(in: 0..<3, using: &chance) == 0 { plan(after: start + chance.seconds(0...20)) }
        }
        await run(until: end)
    }

    mutating func finish() async {
        for fault in world.faults.keys { apply(.end(fault)) }
        await run(until: now + .seconds(3600))
        if !engine.alerts.isEmpty || !engine.incidents.isEmpty { fail("something is open that nothing is wrong with") }
        if !owed.isEmpty { fail("no recovery for incidents \(owed.sorted())") }
    }

    private mutating func plan(after start: Duration) {
        let site = Int64.random(in: 1...Int64(AlertWorld.sites), using: &chance) * 10
        let asset = site + Int64.random(in: 0...3, using: &chance)
        let length = ([5, 12, 90, 600, 3000] as [Double]).randomElement(using: &chance) ?? 90
        let last = start + chance.seconds(length...(length * 1.5))
        let fault: AlertWorld.Fault
        switch Int.random(in: 0..<10, using: &chance) {
        case 0, 1: fault = .out(site)
        case 2: fault = .out(2 + Int64.random(in: 0..<Int64(AlertWorld.carriers), using: &chance))
        case 3, 4: fault = .out(asset)
        case 5: fault = .serviceDown((site + 2) * 10 + 1)
        case 6:
            // First slow, then gone, while somebody may have it.
            let check = (site + 1) * 10 + 1
            schedule(.begin(.serviceSlow(check)), after: start)
            schedule(.person(again: false), after: start + .seconds(40))
            schedule(.begin(.serviceDown(check)), after: start + .seconds(80))
            schedule(.end(.serviceDown(check)), after: start + .seconds(80) + chance.seconds(length...(length * 1.5)))
            schedule(.end(.serviceSlow(check)), after: last + .seconds(120))
            return
        case 7:
            for flip in 0..<6 {
                let begin = start + .seconds(flip * 40)
                schedule(.begin(.serviceDown((site + 2) * 10 + 2)), after: begin)
                schedule(.end(.serviceDown((site + 2) * 10 + 2)), after: begin + chance.seconds(8...30))
            }
            return
        case 8:
            schedule(.quiet(asset, true), after: start)
            schedule(.quiet(asset, false), after: last)
            fault = .out(asset)
            schedule(.begin(fault), after: start + chance.seconds(0...60))
            schedule(.end(fault), after: last + chance.seconds(0...300))
            return
        default:
            schedule(.begin(.blind), after: start)
            schedule(.end(.blind), after: start + chance.seconds(20...200))
            return
        }
        schedule(.begin(fault), after: start)
        schedule(.end(fault), after: last)
    }

    private mutating func run(until end: Instant) async {
        var turns = 0
        while true {
            turns += 1
            // Others have times to keep.
            if turns.isMultiple(of: 20) { await Task.yield() }
            let next = events.last?.time ?? end
            let due = engine.nextDue.map { max($0, now) } ?? end
            let time = min(next, due, end)
            now = max(now, time)
            if next <= time, let event = events.popLast() {
                apply(event.event)
            } else if due <= time {
                note(engine.pass(to: now))
            }
            if now >= end, events.last.map({ $0.time > end }) ?? true { return }
        }
    }

    private mutating func apply(_ event: Event) {
        switch event {
        case .begin(let fault):
            world.begin(fault)
            see(fault)
        case .end(let fault):
            guard world.faults[fault] != nil else { return }
            world.end(fault)
            see(fault)
        case .confirmed(let check, let state, let since):
            let outcome = world.outcome(of: check)
            // It has changed again: the burst did not agree.
            guard outcome.state == state, believed[check]?.outcome != outcome else { return }
            believed[check] = (outcome, since)
            counts["transitions", default: 0] += 1
            answered[check] = now
            let asset = world.assetOf[check] ?? 0
            let news = AlertEngine.News(outcome, of: .check(check), asset: asset, since: since, confirmed: now)
            note(engine.take(news, at: now))
        case .quiet(let asset, let begins):
            quiet[asset] = begins ? .maintenance("works", until: nil) : nil
            note(engine.take(quiet: quiet, at: now))
        case .person(let again):
            if again { schedule(.person(again: true), after: chance.seconds(30...900)) }
            act()
        case .observations:
            schedule(.observations, after: .seconds(5))
            guard world.faults[.blind] == nil else { return }
            for alert in engine.alerts.values.sorted(by: { $0.id < $1.id }) {
                guard case .check(let check) = alert.subject, engine.awaitsNews(alert.subject) else { continue }
                let time = now - chance.seconds(0...5)
                answered[check] = max(answered[check] ?? time, time)
                note(engine.observe(world.outcome(of: check).state, of: alert.subject, time: time, at: now))
            }
        }
    }

    /// A person has one of the open incidents from now on, or gives it back; the engine is read anew, as the collector does.
    private mutating func act() {
        let open = engine.incidents.values.filter { $0.mergedInto == nil }.sorted { $0.id < $1.id }
        // What is only slow is worth a look: it may become worse.
        let slow = open.filter { $0.told == .degraded }
        guard var chosen = (slow.isEmpty ? open : slow).randomElement(using: &chance) else { return }
        let isHeld = chosen.acknowledged != nil && Bool.random(using: &chance)
        let until = Bool.random(using: &chance) ? now + chance.seconds(10...1200) : nil
        chosen.acknowledged = isHeld ? nil : Acknowledgement(by: "lan", until: until)
        counts["acknowledged", default: 0] += 1
        var incidents = engine.incidents
        incidents[chosen.id] = chosen
        var beliefs: [Subject: AlertEngine.Belief] = [:]
        for (check, known) in believed { beliefs[.check(check)] = .init(known.outcome.state, since: known.since) }
        reads += 1
        engine = engine.readAnew(beliefs: beliefs, incidents: Array(incidents.values), next: reads * 1_000_000)
        heldUntil = incidents.compactMapValues { $0.acknowledged?.until }
        note(engine.take(quiet: quiet, at: now))
    }

    /// The agent comes to believe what a fault has changed.
    private mutating func see(_ fault: AlertWorld.Fault) {
        for check in world.touched(by: fault) {
            let state = world.outcome(of: check).state
            guard state != believed[check]?.outcome.state else { continue }
            let late = chance.seconds(0...1)
            schedule(.confirmed(check, state, since: now + late), after: late + chance.seconds(1.7...3.5))
        }
    }

    private mutating func fail(_ what: String) { failures.append("\(now): \(what)") }
}

// The rules.
extension AlertSimulation {
    private mutating func note(_ effects: [Effect]) {
        counts["steps", default: 0] += 1
        for effect in effects {
            switch effect {
            case .tell(let telling, let id, _): tell(telling, id)
            case .incident(let incident):
                if incident.cause.isLikelihood, incident.told != nil { counts["likelihoods", default: 0] += 1 }
                if incident.resolved != nil { over.insert(incident.id) }
            case .alert(let alert): look(at: alert)
            case .decided(let decision):
                switch decision.verdict {
                case .brief: counts["brief", default: 0] += 1
                case .flapping: counts["flapping", default: 0] += 1
                case .unknown: counts["unknown kept", default: 0] += 1
                case .worseHeld: counts["worse held", default: 0] += 1
                default: break
                }
            case .handed(let lost, _): heldUntil[lost] = nil
            case .scene, .lapsed: break
            }
        }
        heldUntil = engine.incidents.compactMapValues { $0.acknowledged?.until }
        verify()
    }

    /// A recovery for each incident of which a problem went out, and only then.
    private mutating func tell(_ telling: Effect.Telling, _ id: Int64) {
        switch telling {
        case .problem, .worse:
            counts["problems", default: 0] += 1
            if over.contains(id) { fail("incident \(id) is told after its end") }
            if telling == .worse, !owed.contains(id) { fail("incident \(id) got worse, and nobody knew of it") }
            // Who has it said until when it is theirs.
            if telling == .worse, heldUntil[id] != nil { fail("incident \(id) is told again while somebody has it") }
            owed.insert(id)
        case .reminder:
            counts["reminders", default: 0] += 1
            if over.contains(id) { fail("incident \(id) is told after its end") }
            if !owed.contains(id) { fail("incident \(id) has a reminder, and nobody knew of it") }
            guard let until = heldUntil.removeValue(forKey: id), until <= now else {
                return fail("incident \(id) has a reminder before its time, or twice")
            }
        case .recovery:
            counts["recoveries", default: 0] += 1
            if owed.remove(id) == nil { fail("incident \(id) has a recovery without a problem") }
        }
    }

    /// What is held is let go only by an answer newer than its cause's recovery.
    private mutating func look(at alert: Alert) {
        defer { holds[alert.id] = alert.resolved == nil ? alert : nil }
        guard case .check(let check) = alert.subject, let before = holds[alert.id], alert.resolved == nil else {
            return
        }
        switch (before.hold, alert.hold) {
        case (.news(let after, _), nil), (.unseen(let after), nil):
            counts["released", default: 0] += 1
            if (answered[check] ?? after) <= after { fail("alert \(alert.id) is released by an old answer") }
        case (.cause, nil): fail("alert \(alert.id) is released without an answer")
        default: break
        }
    }

    private mutating func verify() {
        for alert in engine.alerts.values {
            guard case .check(let check) = alert.subject, let known = believed[check] else { continue }
            // Suppress opening, never resolving.
            if known.outcome == .up, alert.settles == nil { fail("alert \(alert.id) is open, and its check is up") }
            if engine.incidents[alert.incident] == nil { fail("alert \(alert.id) has no incident") }
            if case .cause(let cause) = alert.hold {
                counts["held", default: 0] += 1
                // A cause that is known to work holds nothing.
                let reach = believed[cause * 10]?.outcome.state
                if reach == .up || reach == .degraded { fail("alert \(alert.id) is held by \(cause), which works") }
            }
            guard now - alert.ready > .seconds(200), alert.hold == nil, known.outcome.state != .unknown else {
                continue
            }
            counts["told in time", default: 0] += 1
            let incident = engine.incidents[alert.incident]
            if incident?.told == nil { fail("alert \(alert.id) has lasted \(now - alert.ready), and nobody was told") }
        }
        // Measuring goes on: what is believed to fail has an alert, or stands aside because something is quiet.
        counts["silenced", default: 0] += engine.silenced.count
        if counts["steps", default: 0].isMultiple(of: 50) {
            for (check, known) in believed where known.outcome.state == .down || known.outcome.state == .degraded {
                let hasAlert = engine.alerts.values.contains { $0.subject == .check(check) }
                if !hasAlert, engine.silenced[.check(check)] == nil { fail("check \(check) fails without an alert") }
            }
        }
        for incident in engine.incidents.values where incident.mergedInto == nil {
            // Somebody's time is over: it is said as soon as anybody can see that it still fails.
            if let until = incident.acknowledged?.until, incident.told != nil, now - until > .seconds(1) {
                let isSeen = engine.alerts.values.contains { alert in
                    guard alert.incident == incident.id, alert.hold == nil, case .check(let check) = alert.subject,
                        let state = believed[check]?.outcome.state
                    else { return false }
                    return (state == .down || state == .degraded) && quiet.isEmpty
                }
                if isSeen { fail("incident \(incident.id) still fails since \(until), and nobody is reminded") }
            }
            if !engine.alerts.values.contains(where: { $0.incident == incident.id }) {
                fail("incident \(incident.id) is open without an alert")
            }
        }
    }
}
