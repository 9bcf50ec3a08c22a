package import SQLite
package import Vocabulary

/// Everything that led to a message or to none, in order: what was observed, what was decided, what was delivered.
package struct Trace: Hashable, Sendable {
    package var lines: [DecisionStore.Line]

    /// Of a check, what led to how it stood at a moment.
    package init(check: Int64, until: Instant, scope: Scope, limit: Int, in connection: Connection) throws {
        let decided = try DecisionStore(connection).lines(check: check, until: until, scope: scope, limit: limit)
        let observed = try ConditionStore(connection).changes(checkID: check, until: until, limit: limit)
        let incidents = Set(decided.compactMap(\.incident))
        lines = Self.merged(
            observed.map(Self.line), decided, try Self.deliveries(incidents, until: until, in: connection), limit)
    }

    /// Of an alert, all of it.
    package init(alert id: Int64, scope: Scope, limit: Int, in connection: Connection) throws {
        let decided = try DecisionStore(connection).lines(alert: id, scope: scope, limit: limit)
        let last = Instant(microseconds: .max)
        let first = decided.first.map { $0.at - .seconds(60) } ?? last
        var observed: [StateChange] = []
        if let check = try AlertStore(connection).check(of: id) {
            let end = try AlertStore(connection).listed(id: id)?.resolved ?? last
            observed = try ConditionStore(connection).changes(checkID: check, until: end, limit: limit)
                .filter { $0.confirmed >= first }
        }
        let incidents = Set(decided.compactMap(\.incident))
        lines = Self.merged(
            observed.map(Self.line), decided, try Self.deliveries(incidents, until: last, in: connection), limit)
    }

    private static func merged(
        _ observed: [DecisionStore.Line], _ decided: [DecisionStore.Line], _ delivered: [DecisionStore.Line],
        _ limit: Int
    ) -> [DecisionStore.Line] {
        // What is equally old stands in the order in which one follows from the other.
        let all = [observed, decided, delivered].enumerated().flatMap { rank, lines in
            lines.enumerated().map { (time: $1.at, rank: rank, place: $0, line: $1) }
        }
        return all.sorted { ($0.time, $0.rank, $0.place) < ($1.time, $1.rank, $1.place) }.map(\.line).suffix(limit)
    }

    private static func line(_ change: StateChange) -> DecisionStore.Line {
        let reason = change.outcome.reason
        let parts = [("code", reason?.code), ("expected", reason?.expected), ("got", reason?.got)]
        return DecisionStore.Line(
            at: change.confirmed, check: change.check, verdict: "observed",
            detail: [
                (key: "state", value: change.outcome.state.word), (key: "since", value: "\(change.since.microseconds)"),
                (key: "runs", value: "\(change.runs)"),
            ] + parts.compactMap { key, value in value.flatMap { $0.isEmpty ? nil : (key: key, value: $0) } })
    }

    private static func deliveries(
        _ incidents: Set<Int64>, until: Instant, in connection: Connection
    ) throws -> [DecisionStore.Line] {
        try incidents.sorted().flatMap { try MessageStore(connection).list(incident: $0) }
            .filter { $0.created <= until }
            .map { message in
                let (time, verdict) =
                    if let sent = message.sent {
                        (sent, message.held == nil ? "delivered" : "delivered-held")
                    } else if let refused = message.refused {
                        (refused, "not-delivered")
                    } else if message.held != nil, message.attempts == 0 {
                        (message.created, "delivery-held")
                    } else {
                        (message.created, "delivery-waits")
                    }
                return DecisionStore.Line(
                    at: time, incident: message.incident, verdict: verdict,
                    detail: [
                        (key: "route", value: message.route), (key: "kind", value: message.kind),
                        (key: "attempts", value: "\(message.attempts)"),
                    ] + (message.held.map { [(key: "held", value: "\($0.microseconds)")] } ?? []))
            }
    }
}
