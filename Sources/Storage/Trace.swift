package import SQLite
package import Vocabulary

/// Everything that led to a message or to none, in order: what was observed, what was decided, what was delivered.
package struct Trace: Hashable, Sendable {
    package var lines: [DecisionStore.Line]

    /// Of a check, what led to how it stood at a moment; what receivers answered only for who may know how they are
    /// reached.
    package init(
        check: Int64, until: Instant, scope: Scope, limit: Int, showsAnswers: Bool, in connection: Connection
    ) throws {
        let decided = try DecisionStore(connection).lines(check: check, until: until, scope: scope, limit: limit)
        let observed = try ConditionStore(connection).changes(checkID: check, until: until, limit: limit)
        let incidents = Set(decided.compactMap(\.incident))
        lines = Self.merged(
            observed.map(Self.line), decided,
            try Self.deliveries(incidents, until: until, showsAnswers: showsAnswers, in: connection), limit)
    }

    /// Of an alert, all of it.
    package init(alert id: Int64, scope: Scope, limit: Int, showsAnswers: Bool, in connection: Connection) throws {
        let decided = try DecisionStore(connection).lines(alert: id, scope: scope, limit: limit)
        let last = Instant(microseconds: .max)
        let first = decided.first.map { $0.at - .seconds(60) } ?? last
        var observed: [DecisionStore.Line] = []
        let alert = try AlertStore(connection).listed(id: id)
        if let check = try AlertStore(connection).check(of: id) {
            observed = try ConditionStore(connection)
                .changes(checkID: check, until: alert?.resolved ?? last, limit: limit)
                .filter { $0.confirmed >= first }.map(Self.line)
        } else if let alert {
            observed = [Self.beginning(of: alert)]
        }
        let incidents = Set(decided.compactMap(\.incident))
        lines = Self.merged(
            observed, decided,
            try Self.deliveries(incidents, until: last, showsAnswers: showsAnswers, in: connection), limit)
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
        let (reason, since) = (change.outcome.reason, (key: "since", value: "\(change.since.microseconds)"))
        guard change.runs > 0 || reason != ConditionStore.silence else {
            return DecisionStore.Line(
                at: change.confirmed, check: change.check, verdict: "unheard", detail: [since, patience])
        }
        let state = (key: "state", value: change.outcome.state.word)
        // What rests on no answer is the collector's own word.
        return DecisionStore.Line(
            at: change.confirmed, check: change.check, verdict: change.runs > 0 ? "observed" : "heard-again",
            detail: [state, since, (key: "runs", value: "\(change.runs)")] + parts(of: reason))
    }

    private static let patience = (key: "window", value: "\(AgentStore.patience.wholeMicroseconds / 1_000_000)")

    private static func parts(of reason: Reason?) -> [(key: String, value: String)] {
        [("code", reason?.code), ("step", reason?.step), ("expected", reason?.expected), ("got", reason?.got)]
            .compactMap { key, value in value.flatMap { $0.isEmpty ? nil : (key: key, value: $0) } }
    }

    /// What began an alert that is about no check: an agent, or a finding.
    private static func beginning(of alert: AlertStore.Listed) -> DecisionStore.Line {
        let (reason, since) = (alert.outcome.reason, (key: "since", value: "\(alert.since.microseconds)"))
        let isSilence = reason == ConditionStore.silence
        return DecisionStore.Line(
            at: alert.opened, verdict: isSilence ? "unheard" : "found",
            detail: [since] + (isSilence ? [patience] : parts(of: reason)))
    }

    private static func deliveries(
        _ incidents: Set<Int64>, until: Instant, showsAnswers: Bool, in connection: Connection
    ) throws -> [DecisionStore.Line] {
        try incidents.sorted().flatMap { try MessageStore(connection).list(incident: $0) }
            .filter { $0.created <= until }
            .map { message in
                let (time, verdict, answer) =
                    if let sent = message.sent {
                        (sent, message.held == nil ? "delivered" : "delivered-held", "how")
                    } else if let refused = message.refused {
                        (refused, "not-delivered", "problem")
                    } else if message.held != nil, message.attempts == 0 {
                        (message.created, "delivery-held", "problem")
                    } else {
                        (message.created, "delivery-waits", "problem")
                    }
                var detail = [
                    (key: "route", value: message.route), (key: "kind", value: message.kind),
                    (key: "attempts", value: "\(message.attempts)"),
                ]
                if let held = message.held { detail.append((key: "held", value: "\(held.microseconds)")) }
                if let next = message.nextAttempt { detail.append((key: "next", value: "\(next.microseconds)")) }
                if showsAnswers, !message.problem.isEmpty { detail.append((key: answer, value: message.problem)) }
                return DecisionStore.Line(at: time, incident: message.incident, verdict: verdict, detail: detail)
            }
    }
}
