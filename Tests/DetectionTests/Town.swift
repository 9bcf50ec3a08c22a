import Detection
import Vocabulary

/// A small province on virtual time around the engine of alerts; every asset has the check of its own number.
struct Town {
    struct Told: Hashable {
        var telling: Effect.Telling
        var incident: Int64
        var importance: Importance
        var root: Int64
        var cause: Incident.Cause
        var affected: Set<Int64>
        var unaffected: Set<Int64>
        var quiet: Set<Int64>
    }

    private(set) var engine: AlertEngine
    private(set) var now = Instant(seconds: 1_700_000_000)
    private(set) var decisions: [Decision] = []
    private(set) var effects: [Effect] = []
    private var scenes: [Int64: Scene] = [:]
    private var known: [Int64: Incident] = [:]
    private var members: [Int64: Set<Int64>] = [:]
    var told: [Told] = []

    private var beliefs: [Subject: AlertEngine.Belief] = [:]
    private var quiet: [Int64: Quiet]
    /// How often the engine was read anew.
    private var reads: Int64 = 0

    init(_ dependencies: Dependencies, quiet: [Int64: Quiet] = [:]) {
        self.quiet = quiet
        for asset in dependencies.assets.values {
            for subject in asset.reach { beliefs[subject] = .init(.up, since: Instant(seconds: 1_600_000_000)) }
        }
        engine = AlertEngine(dependencies: dependencies, beliefs: beliefs, quiet: quiet)
    }

    mutating func take(_ outcome: Outcome, _ id: Int64, since: Instant? = nil) {
        let since = since ?? now
        beliefs[.check(id)] = .init(outcome.state, since: since)
        let news = AlertEngine.News(outcome, of: .check(id), asset: id, since: since, confirmed: now)
        note(engine.take(news, at: now))
    }

    mutating func fail(_ id: Int64, _ outcome: Outcome = .down(Reason("no-reply")), since: Instant? = nil) {
        take(outcome, id, since: since)
    }

    mutating func heal(_ id: Int64) { take(.up, id) }

    mutating func answer(_ id: Int64, _ state: State, at time: Instant) {
        note(engine.observe(state, of: .check(id), time: time, at: now))
    }

    mutating func quiet(_ quiet: [Int64: Quiet]) {
        self.quiet = quiet
        note(engine.take(quiet: quiet, at: now))
    }

    /// A person says that they have an incident, or gives it back: the engine is read anew, as the collector does it.
    mutating func acknowledge(_ incident: Int64, _ acknowledgement: Acknowledgement?) {
        var incidents = engine.incidents
        incidents[incident]?.acknowledged = acknowledgement
        reads += 1
        engine = engine.readAnew(beliefs: beliefs, incidents: Array(incidents.values), next: reads * 1_000_000)
        note(engine.take(quiet: quiet, at: now))
    }

    /// Time goes by, in steps of a second.
    mutating func pass(_ seconds: Double) {
        let end = now + .microseconds(Int64(seconds * 1e6))
        while now + .seconds(1) < end {
            now = now + .seconds(1)
            note(engine.pass(to: now))
        }
        now = end
        note(engine.pass(to: now))
    }

    private mutating func note(_ effects: [Effect]) {
        self.effects = effects
        for effect in effects {
            switch effect {
            case .incident(let incident): known[incident.id] = incident
            case .scene(let scene): scenes[scene.incident] = scene
            case .decided(let decision): decisions.append(decision)
            case .lapsed, .handed: break
            case .alert(let alert):
                if let before = homes.updateValue(alert.incident, forKey: alert.id), before != alert.incident {
                    members[before]?.remove(alert.id)
                }
                members[alert.incident, default: []].insert(alert.id)
                assets[alert.id] = alert.asset
            case .tell(let telling, let id, let importance):
                guard let incident = known[id] else { continue }
                told.append(
                    Told(
                        telling: telling, incident: id, importance: importance, root: incident.root,
                        cause: incident.cause, affected: Set((members[id] ?? []).compactMap { assets[$0] }),
                        unaffected: Set(scenes[id]?.unaffected ?? []), quiet: Set(scenes[id]?.quiet ?? [])))
            }
        }
    }

    /// Of each alert its asset and its incident.
    private var assets: [Int64: Int64] = [:]
    private var homes: [Int64: Int64] = [:]
}

extension AlertEngine {
    /// As the stores would give it back, with these incidents; what is quiet has yet to be taken. `next` is a number that
    /// neither an alert nor an incident has had.
    func readAnew(beliefs: [Subject: Belief], incidents: [Incident], next: Int64) -> AlertEngine {
        AlertEngine(
            dependencies: dependencies, beliefs: beliefs, changes: changes, alerts: Array(alerts.values),
            incidents: incidents,
            silenced: Array(silenced.values), nextAlert: next, nextIncident: next)
    }
}
