import Detection
import SQLite
import Storage
import Vocabulary

/// Keeps alerts in step with what is believed, and writes what has to be told into the outbox.
struct AlertDesk {
    private let alerts: AlertStore
    private let routes: RouteStore
    private let messages: MessageStore

    init(_ connection: Connection) {
        alerts = AlertStore(connection)
        routes = RouteStore(connection)
        messages = MessageStore(connection)
    }

    /// Takes what is believed of a subject from now on.
    func take(
        _ outcome: Outcome, of subject: AlertStore.Subject, assetID: Int64, importance: Importance, since: Instant,
        at now: Instant
    ) throws {
        let patience = Patience(importance)
        if let open = try alerts.open(subject) {
            var life = AlertLife(outcome: open.outcome, opened: open.opened, due: open.due, told: open.told)
            let recovery = life.apply(outcome, at: now, patience: patience)
            let telling = life.take(dueBy: now)
            try keep(life, id: open.id)
            if let telling { try tell(telling, of: open.id, importance: importance, at: now) }
            if let recovery { try tell(recovery, of: open.id, importance: importance, at: now) }
        } else if var life = AlertLife(outcome, at: now, patience: patience) {
            let id = try alerts.add(
                subject, assetID: assetID, outcome: outcome, since: since, opened: now, due: life.due)
            guard let telling = life.take(dueBy: now) else { return }
            try keep(life, id: id)
            try tell(telling, of: id, importance: importance, at: now)
        }
    }

    /// Tells what is due by now.
    func tellDue(at now: Instant) throws {
        for open in try alerts.due(by: now, limit: 1000) {
            var life = AlertLife(outcome: open.outcome, opened: open.opened, due: open.due, told: open.told)
            guard let telling = life.take(dueBy: now) else { continue }
            try keep(life, id: open.id)
            try tell(telling, of: open.id, importance: open.importance, at: now)
        }
    }

    private func keep(_ life: AlertLife, id: Int64) throws {
        try alerts.update(id, outcome: life.outcome, due: life.due, told: life.told, resolved: life.resolved)
    }

    /// A problem goes to the routes that want its importance, a recovery to exactly those that got the problem.
    private func tell(_ telling: AlertLife.Telling, of alert: Int64, importance: Importance, at now: Instant) throws {
        let names =
            telling == .recovery
            ? try messages.routes(alert: alert)
            : try routes.all().filter { $0.importance.contains(importance) }.map(\.name)
        for name in names { try messages.add(alert: alert, route: name, kind: telling.rawValue, at: now) }
    }
}
