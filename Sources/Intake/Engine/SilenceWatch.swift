import Detection
package import SQLite
import Storage
package import Vocabulary

/// Notices agents that fall silent and agents that come back.
///
/// Silence is an alert of its own; the agent's checks are unknown then, which is not down, and no alerts of theirs.
package struct SilenceWatch: Sendable {
    /// When this collector began to listen: what it could not have heard is no silence.
    private var started: Instant

    package init(started: Instant) {
        self.started = started
    }

    /// The collector's clock was set by so much.
    package mutating func follow(_ step: Duration) {
        started = started + step
    }

    /// Whether there is anything to do; reads only.
    package func hasWork(at now: Instant, in connection: Connection) throws -> Bool {
        let agents = AgentStore(connection)
        return try !agents.newlySilent(at: now, started: started).isEmpty || !agents.returned(at: now).isEmpty
    }

    func apply(at now: Instant, with desk: inout AlertDesk, in connection: Connection) throws {
        let (agents, conditions) = (AgentStore(connection), ConditionStore(connection))
        for agent in try agents.newlySilent(at: now, started: started) {
            try agents.setSilent(agent.id, since: agent.lastSeen)
            try conditions.silence(agent: agent.id, since: agent.lastSeen, at: now)
            // What it asks is unknown first: what it is to blame for must not be blamed on others.
            for check in try conditions.believed(agent: agent.id) {
                try desk.take(
                    .unknown(ConditionStore.silence), of: .check(check.id), assetID: check.assetID,
                    since: agent.lastSeen, confirmed: now, at: now, in: connection)
            }
            try desk.take(
                .down(ConditionStore.silence), of: .agent(agent.id), assetID: agent.assetID, since: agent.lastSeen,
                confirmed: agent.lastSeen, at: now, in: connection)
        }
        for agent in try agents.returned(at: now) {
            guard let assetID = try agents.assetID(agent: agent) else { continue }
            try agents.setSilent(agent, since: nil)
            try conditions.endSilence(agent: agent, at: now)
            try desk.take(
                .up, of: .agent(agent), assetID: assetID, since: now, confirmed: now, at: now, in: connection)
            for check in try conditions.believed(agent: agent) {
                guard let known = try conditions.condition(checkID: check.id) else { continue }
                try desk.take(
                    known.outcome, of: .check(check.id), assetID: check.assetID, since: known.since,
                    confirmed: known.confirmed, at: now, in: connection)
            }
            try desk.see(agent: agent, at: now, in: connection)
        }
    }
}
