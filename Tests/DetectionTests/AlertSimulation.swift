import Detection
import TestSupport
import Vocabulary

/// Drives the engine through faults, and holds what it does against what is so.
struct AlertSimulation {
    private enum Event {
        case begin(AlertWorld.Fault)
        case end(AlertWorld.Fault)
        /// The agent has confirmed how a check has been since then, and its report arrives.
        case confirmed(Int64, State, since: Instant)
        /// Work on these begins or ends.
        case quiet([Int64], Bool)
        /// Somebody looks at the alerts and says that they have one of them, or gives one back.
        case person(again: Bool)
        /// Observations arrive, five seconds' worth.
        case observations
    }

    private var chance: Dice
    private(set) var world: AlertWorld
    private(set) var engine: AlertEngine
    private(set) var now = Instant(seconds: 1_700_000_000)
    private var events: [(time: Instant, order: Int, event: Event)] = []
    private var order = 0
    /// What is believed of each check, by its number.
    private(set) var believed: [AlertEngine.Belief] = []
    private(set) var quiet: [Int64: Quiet] = [:]
    var ledger = AlertLedger()
    /// How often the engine was read anew.
    private var reads: Int64 = 0
    /// The newest answer of each check that the engine was given.
    private(set) var answered: [Int64: Instant] = [:]
    private(set) var failures: [AlertRule: [String]] = [:]
    /// At which step the first of them was.
    private var failed: Int?
    /// How often each rule was put to the test.
    private(set) var tests: [AlertRule: Int] = Dictionary(uniqueKeysWithValues: AlertRule.allCases.map { ($0, 0) })
    private(set) var steps = 0
    private(set) var transitions = 0

    init(seed: UInt64) {
        chance = Dice(seed: seed)
        world = AlertWorld(&chance)
        var beliefs: [Subject: AlertEngine.Belief] = [:]
        believed = Array(repeating: .init(.up, since: now), count: Int(world.assetOf.keys.max() ?? 0) + 1)
        for check in world.assetOf.keys { beliefs[.check(check)] = .init(.up, since: now) }
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
        guard failed == nil else { return }
        for fault in world.faults.keys { apply(.end(fault)) }
        await run(until: now + .seconds(3600))
        if !engine.alerts.isEmpty || !engine.incidents.isEmpty {
            fail(.ending, "something is open that nothing is wrong with")
        }
        if !ledger.owed.isEmpty { fail(.recovery, "incidents \(ledger.owed.keys.sorted()) have none") }
    }

    private mutating func plan(after start: Duration) {
        let site = Int64.random(in: 1...Int64(AlertWorld.sites), using: &chance) * 10
        let asset = site + Int64.random(in: 0...3, using: &chance)
        let length = ([5, 12, 90, 600, 3000] as [Double]).randomElement(using: &chance) ?? 90
        let last = start + chance.seconds(length...(length * 1.5))
        let fault: AlertWorld.Fault
        switch Int.random(in: 0..<12, using: &chance) {
        case 0, 1: fault = .out(site)
        case 2:
            let carrier = Int64.random(in: 1...1 + Int64(AlertWorld.carriers), using: &chance)
            fault = .out(carrier)
            guard carrier == 2 else { break }
            // Some sites have a line to its neighbour, too.
            schedule(.begin(.out(3)), after: start + chance.seconds(0...5))
            schedule(.end(.out(3)), after: last)
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
            // Work that is announced may begin after the failure, and end after it, too.
            let assets = [asset, asset % (Int64(AlertWorld.sites) * 10) + 10]
            schedule(.quiet(assets, true), after: start + .seconds(20))
            schedule(.quiet(assets, false), after: last + .seconds(120))
            for asset in assets {
                schedule(.begin(.out(asset)), after: start + chance.seconds(0...60))
                schedule(.end(.out(asset)), after: last + chance.seconds(60...300))
            }
            return
        case 9: fault = .lossy(site)
        case 10:
            // A line that comes and goes, and all behind it.
            for flip in 0..<6 {
                let begin = start + .seconds(flip * 30)
                schedule(.begin(.out(site)), after: begin)
                schedule(.end(.out(site)), after: begin + chance.seconds(8...20))
            }
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
            // What is wrong once goes on being wrong, and takes longer and longer.
            if let failed, steps > failed + 1000 { return }
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
            guard outcome.state == state, state != belief(check).state else { return }
            believed[Int(check)] = .init(state, since: since)
            transitions += 1
            answered[check] = now
            let asset = world.assetOf[check] ?? 0
            let news = AlertEngine.News(outcome, of: .check(check), asset: asset, since: since, confirmed: now)
            note(engine.take(news, at: now), news: news)
        case .quiet(let assets, let begins):
            for asset in assets { quiet[asset] = begins ? .maintenance("works", until: nil) : nil }
            note(engine.take(quiet: quiet, at: now))
        case .person(let again):
            if again { schedule(.person(again: true), after: chance.seconds(30...900)) }
            act()
        case .observations:
            schedule(.observations, after: .seconds(5))
            guard world.faults[.blind] == nil else { return }
            let waiting = engine.alerts.values.filter { $0.hold != nil && engine.awaitsNews($0.subject) }.map {
                (id: $0.id, subject: $0.subject)
            }
            for alert in waiting.sorted(by: { $0.id < $1.id }) {
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
        var incidents = engine.incidents
        incidents[chosen.id] = chosen
        var beliefs: [Subject: AlertEngine.Belief] = [:]
        for check in world.assetOf.keys { beliefs[.check(check)] = belief(check) }
        reads += 1
        engine = engine.readAnew(beliefs: beliefs, incidents: Array(incidents.values), next: reads * 1_000_000)
        ledger.heldUntil = incidents.compactMapValues { $0.acknowledged?.until }
        note(engine.take(quiet: quiet, at: now))
    }

    /// The agent comes to believe what a fault has changed.
    private mutating func see(_ fault: AlertWorld.Fault) {
        for check in world.touched(by: fault) {
            let state = world.outcome(of: check).state
            guard state != belief(check).state else { continue }
            if AlertWorld.isReach(check), [state, belief(check).state] == [.degraded, .up] {
                // Losses have to be counted, from when on nobody knows.
                let known = chance.seconds(20...45)
                schedule(.confirmed(check, state, since: now + known), after: known)
                continue
            }
            if AlertWorld.isReach(check), [state, belief(check).state] == [.up, .degraded] {
                let known = chance.seconds(60...110)
                schedule(.confirmed(check, state, since: now + known), after: known)
                continue
            }
            let late = chance.seconds(0...1)
            schedule(.confirmed(check, state, since: now + late), after: late + chance.seconds(1.7...3.5))
        }
    }

    func belief(_ check: Int64) -> AlertEngine.Belief { believed[Int(check)] }

    mutating func test(_ rule: AlertRule, _ times: Int = 1) { tests[rule, default: 0] += times }

    /// The first few of each rule are enough.
    mutating func fail(_ rule: AlertRule, _ what: String) {
        failed = failed ?? steps
        guard failures[rule, default: []].count < 3 else { return }
        failures[rule, default: []].append("\(rule.rawValue): \(what), \(now)")
    }

    private mutating func note(_ effects: [Effect], news: AlertEngine.News? = nil) {
        steps += 1
        look(at: effects, news: news)
        ledger.heldUntil = engine.incidents.compactMapValues { $0.acknowledged?.until }
        verify()
    }
}
