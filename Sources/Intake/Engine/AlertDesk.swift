import Detection
import Inventory
import SQLite
import Storage
import Vocabulary

/// Keeps the engine of alerts in step with the stores, and writes what has to be told into the outbox.
///
/// Lives in memory beside the stores, within the engine: after a failed commit both are thrown away together.
struct AlertDesk {
    /// What an agent says of checks that it cannot ask from where it stands.
    private static let blind = ["no-carrier", "nothing-answers"]

    private var engine: AlertEngine
    /// When what is quiet changes next.
    private var nextQuiet: Instant?

    /// As the stores have it.
    init(_ connection: Connection, at now: Instant) throws {
        let dependencies = DependencyStore(connection)
        engine = AlertEngine(
            dependencies: try dependencies.dependencies { AssetClass.named($0)?.depth ?? AssetClass.deepest },
            beliefs: try dependencies.beliefs(), changes: try dependencies.changes(at: now),
            alerts: try AlertStore(connection).open(),
            incidents: try IncidentStore(connection).open(),
            silenced: try dependencies.silenced(reason: ConditionStore.silence),
            nextAlert: try AlertStore(connection).next(), nextIncident: try IncidentStore(connection).next())
        try takeQuiet(at: now, in: connection)
    }

    var nextDue: Instant? { [engine.nextDue, nextQuiet].compactMap(\.self).min() }

    /// Takes which assets are in maintenance or outside their hours.
    private mutating func takeQuiet(at now: Instant, in connection: Connection) throws {
        let exemptions = try ExemptionStore(connection).exemptions(at: now, scope: .everything)
        nextQuiet = exemptions.nextChange
        var quiet = exemptions.outsideHours.mapValues { Quiet.hours($0.name, until: $0.until) }
        quiet.merge(exemptions.maintenance.mapValues { .maintenance($0.name, until: $0.until) }) { _, works in works }
        try Self.land(engine.take(quiet: quiet, at: now), at: now, in: connection)
    }

    /// Takes what is believed of a subject from now on.
    mutating func take(
        _ outcome: Outcome, of subject: Subject, assetID: Int64, since: Instant, confirmed: Instant, at now: Instant,
        in connection: Connection
    ) throws {
        let news = AlertEngine.News(outcome, of: subject, asset: assetID, since: since, confirmed: confirmed)
        try Self.land(engine.take(news, at: now), at: now, in: connection)
    }

    /// Takes an answer that changes nothing of what is believed.
    mutating func observe(
        _ state: State, of check: Int64, time: Instant, at now: Instant, in connection: Connection
    ) throws {
        guard engine.awaitsNews(.check(check)) else { return }
        try Self.land(engine.observe(state, of: .check(check), time: time, at: now), at: now, in: connection)
    }

    /// An agent can see what it is to ask, or cannot: one alert of it, instead of one of everything it asks.
    mutating func see(agent: String, at now: Instant, in connection: Connection) throws {
        guard let assetID = try AgentStore(connection).assetID(agent: agent) else { return }
        let blindness = try DependencyStore(connection).blindness(agent: agent, codes: Self.blind)
        try take(
            blindness.map(Outcome.degraded) ?? .up, of: .agent(agent), assetID: assetID, since: now, confirmed: now,
            at: now, in: connection)
    }

    static func isBlindness(_ outcome: Outcome) -> Bool {
        outcome.state == .unknown && outcome.reason.map { blind.contains($0.code) } ?? false
    }

    mutating func end(_ subject: Subject, at now: Instant, in connection: Connection) throws {
        try Self.land(engine.end(subject, at: now), at: now, in: connection)
    }

    /// Does what time alone brings.
    mutating func pass(to now: Instant, in connection: Connection) throws {
        if let nextQuiet, nextQuiet <= now { try takeQuiet(at: now, in: connection) }
        try Self.land(engine.pass(to: now), at: now, in: connection)
    }

    /// Not a method: one is called on a copy, and all that the engine holds would be copied with each change.
    private static func land(_ effects: [Effect], at now: Instant, in connection: Connection) throws {
        let (alerts, incidents) = (AlertStore(connection), IncidentStore(connection))
        for effect in effects {
            switch effect {
            case .alert(let alert): try alerts.put(alert, at: now)
            case .incident(let incident): try incidents.put(incident)
            case .scene(let scene): try incidents.put(scene)
            case .lapsed(let incident): try AcknowledgementStore(connection).lapse(incident, at: now)
            case .handed(let lost, let kept): try AcknowledgementStore(connection).move(from: lost, to: kept)
            case .decided(let decision): try DecisionStore(connection).add(decision)
            case .tell(let telling, let incident, let importance):
                try tell(telling, of: incident, importance: importance, at: now, in: connection)
            }
        }
    }

    /// A problem goes to the routes that want its importance, a reminder and a recovery to exactly those that got
    /// the problem.
    private static func tell(
        _ telling: Effect.Telling, of incident: Int64, importance: Importance, at now: Instant,
        in connection: Connection
    ) throws {
        let messages = MessageStore(connection)
        let names =
            telling == .recovery || telling == .reminder
            ? try messages.routes(incident: incident)
            : try RouteStore(connection).all().filter { $0.importance.contains(importance) }.map(\.name)
        if names.isEmpty, telling != .recovery {
            try DecisionStore(connection).add(Decision(at: now, .noRoute(importance), incident: incident))
        }
        for name in names { try messages.add(incident: incident, route: name, kind: telling.rawValue, at: now) }
    }
}
