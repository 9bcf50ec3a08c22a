import Detection
package import SQLite
import Storage
package import Vocabulary

/// Takes one resource out, unless something else still needs it.
package enum ResourceRemoval {
    /// Agents whose checks are not what they were.
    ///
    /// - Throws: `RemovalRefusal` naming what is in the way.
    package static func remove(
        _ kind: Resource.Kind, named name: String, by person: String, at now: Instant, in connection: Connection
    ) throws -> Set<String> {
        let current = try CurrentResources(connection)
        guard current.resource(kind, named: name) != nil else { throw RemovalRefusal.unknown(kind, name) }
        let users = current.all.filter { other in
            // Work that is over holds nothing back: it goes with the last thing it was for.
            if case .maintenance(let maintenance) = other, maintenance.isOver(at: now) { return false }
            return other.references.contains { $0.kind == kind && $0.name == name }
        }
        var needs = users.map { "\($0.kind.rawValue) \($0.name)" }
        if kind == .unit {
            // What a person sees hangs on it.
            needs += try PersonStore(connection).all().filter { $0.unit == name }.map { "the user \($0.name)" }
        }
        guard needs.isEmpty else { throw RemovalRefusal.needed(by: needs) }
        var reassigned: Set<String> = []
        switch kind {
        case .unit: try UnitStore(connection).remove(name)
        case .site: try SiteStore(connection).remove(name)
        case .hours: try HoursStore(connection).remove(name)
        case .rule:
            try RuleStore(connection).remove(name)
            reassigned = try RuledChecks.bring(at: now, in: connection)
        case .maintenance: try MaintenanceStore(connection).remove(name)
        case .route: try RouteStore(connection).remove(name)
        case .asset: reassigned = try removeAsset(named: name, at: now, in: connection)
        }
        try MaintenanceStore(connection).removeAimless()
        try AuditStore(connection).write(
            .init(at: now, who: person, action: kind.auditActions.removed, subject: name))
        return reassigned
    }

    /// Its checks end, its agent is let in no more, and its code is free for another.
    private static func removeAsset(
        named name: String, at now: Instant, in connection: Connection
    ) throws -> Set<String> {
        let (store, checks, agents) = (AssetStore(connection), CheckStore(connection), AgentStore(connection))
        guard let id = try store.id(named: name) else { return [] }
        var reassigned: Set<String> = []
        for stored in try checks.active(assetID: id) {
            try checks.remove(stored.check.name, at: now)
            if let agent = stored.agent { reassigned.insert(agent) }
        }
        if let agent = try agents.agent(assetID: id) {
            try agents.revoke(agent, at: now)
            let orphaned = try checks.count(agent: agent, besides: id)
            if orphaned > 0 {
                guard let successor = try agents.first() else { throw RemovalRefusal.onlyAgent(checks: orphaned) }
                try checks.hand(from: agent, to: successor, besides: id)
                reassigned.insert(successor)
            }
            reassigned.insert(agent)
        }
        try BookStore(connection).put([:], assetID: id)
        try LinkStore(connection).put([], assetID: id)
        try AssetSecretStore(connection).put([:], assetID: id)
        try MaintenanceStore(connection).forget(assetID: id)
        try store.remove(id, at: now)
        return reassigned
    }
}

/// Why something stays.
package enum RemovalRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unknown(Resource.Kind, String)
    case needed(by: [String])
    case onlyAgent(checks: Int)

    package var description: String {
        switch self {
        case .unknown(let kind, let name):
            "there is no \(kind.rawValue) \"\(name)\""
        case .needed(let users):
            "it is still needed by \(users.prefix(5).joined(separator: ", "))"
                + (users.count > 5 ? " and \(users.count - 5) more" : "")
        case .onlyAgent(let checks):
            "its agent asks \(checks) checks of other assets, and there is no other agent that could"
        }
    }
}
