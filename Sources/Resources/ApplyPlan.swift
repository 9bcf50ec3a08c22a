import Foundation
import Inventory
import Notify
package import SQLite
import Storage
package import Vocabulary

/// What applying a file would change; computed and carried out within one transaction.
package struct ApplyPlan: Sendable {
    package struct Change: Codable, Hashable, Sendable {
        package enum Action: String, Codable, Hashable, Sendable {
            case create
            case update
            case same
        }

        package var kind: String
        package var name: String
        package var action: Action
        /// `field: old → new`, for an update.
        package var fields: [String]
    }

    package private(set) var changes: [Change] = []
    /// Agents whose checks are not what they were.
    package private(set) var reassigned: Set<String> = []

    /// Applies every resource; the caller rolls back for a dry run.
    package static func apply(
        _ resources: [Resource], by person: String, at now: Instant, in connection: Connection
    ) throws -> ApplyPlan {
        var plan = ApplyPlan()
        for resource in resources {
            let fields: [String]?
            switch resource {
            case .asset(let asset): fields = try plan.apply(asset, at: now, in: connection)
            case .route(let route): fields = try plan.apply(route, in: connection)
            }
            let action: Change.Action = fields.map { $0.isEmpty ? .same : .update } ?? .create
            plan.changes.append(
                Change(kind: resource.kind, name: resource.name, action: action, fields: fields ?? []))
            guard action != .same else { continue }
            try AuditStore(connection).write(
                .init(
                    at: now, who: person, action: resource.auditAction(isNew: action == .create),
                    subject: resource.name, detail: (fields ?? []).joined(separator: "; ")))
        }
        return plan
    }

    /// The fields that changed; nil when the asset is new.
    private mutating func apply(
        _ asset: AssetResource, at now: Instant, in connection: Connection
    ) throws -> [String]? {
        let store = AssetStore(connection)
        let old = try store.asset(named: asset.name, scope: .everything)
        let id = try store.put(
            name: asset.name, assetClass: asset.assetClass, address: asset.address, url: asset.url, unit: asset.unit,
            site: asset.site, importance: asset.importance, at: now)
        try plan(asset, id: id, at: now, in: connection)
        guard let old else { return nil }
        return Self.differences([
            ("class", old.assetClass, asset.assetClass), ("address", old.address, asset.address),
            ("url", old.url, asset.url), ("unit", old.unit, asset.unit), ("site", old.site, asset.site),
            ("importance", old.importance, asset.importance.rawValue),
        ])
    }

    private mutating func plan(
        _ asset: AssetResource, id: Int64, at now: Instant, in connection: Connection
    ) throws {
        // A machine with an agent gets its checks from its facts.
        guard try AgentStore(connection).agent(assetID: id) == nil else { return }
        let wanted = DeclaredChecks.checks(asset: asset.name, address: asset.address, url: asset.url)
        let store = CheckStore(connection)
        let current = try store.active(assetID: id)
        guard !wanted.isEmpty || !current.isEmpty else { return }
        guard let vantage = try AgentStore(connection).first() else {
            throw ResourceError(
                file: "Asset \(asset.name)", line: 0, problem: "no agent is enrolled yet: nobody could ask it anything")
        }
        let plan = CheckPlan(
            wanted: wanted,
            current: current.map { .init(check: $0.check, created: $0.created, vanished: $0.vanished) })
        for check in plan.put { try store.put(check, assetID: id, agent: vantage, at: now) }
        // A person took it away on purpose: nothing is to be seen failing after that.
        for name in plan.vanish { try store.remove(name, at: now) }
        if !plan.put.isEmpty || !plan.vanish.isEmpty { reassigned.insert(vantage) }
    }

    private func apply(_ route: RouteResource, in connection: Connection) throws -> [String]? {
        let store = RouteStore(connection)
        let old = try store.route(named: route.name)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let channel = String(decoding: try encoder.encode(route.channel), as: UTF8.self)
        try store.put(
            .init(name: route.name, importance: route.importance, language: route.language, channel: channel))
        guard let old else { return nil }
        let words = { (set: Set<Importance>) in set.map(\.rawValue).sorted().joined(separator: ",") }
        return Self.differences([
            ("importance", words(old.importance), words(route.importance)), ("language", old.language, route.language),
            ("channel", old.channel, channel),
        ])
    }

    private static func differences(_ fields: [(name: String, old: String, new: String)]) -> [String] {
        fields.filter { $0.old != $0.new }.map { "\($0.name): \($0.old) → \($0.new)" }
    }
}

extension Resource {
    /// What the audit calls the change of such a resource.
    fileprivate func auditAction(isNew: Bool) -> String {
        switch self {
        case .asset: isNew ? "create-asset" : "update-asset"
        case .route: isNew ? "create-route" : "update-route"
        }
    }
}
