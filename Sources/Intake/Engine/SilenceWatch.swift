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

    package func apply(at now: Instant, in connection: Connection) throws {
        let (agents, conditions, desk) = (AgentStore(connection), ConditionStore(connection), AlertDesk(connection))
        for agent in try agents.newlySilent(at: now, started: started) {
            try conditions.silence(agent: agent.id, since: agent.lastSeen, at: now)
            try desk.take(
                .down(ConditionStore.silence), of: .agent(agent.id), assetID: agent.assetID,
                importance: try importance(of: agent.assetID, connection), since: agent.lastSeen, at: now)
        }
        for agent in try agents.returned(at: now) {
            guard let assetID = try agents.assetID(agent: agent) else { continue }
            try conditions.endSilence(agent: agent, at: now)
            try desk.take(
                .up, of: .agent(agent), assetID: assetID, importance: try importance(of: assetID, connection),
                since: now, at: now)
        }
    }

    private func importance(of assetID: Int64, _ connection: Connection) throws -> Importance {
        try AssetStore(connection).asset(id: assetID).flatMap { Importance(rawValue: $0.importance) } ?? .normal
    }
}
