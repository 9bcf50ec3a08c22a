import Detection
import Foundation
import Inventory
package import SQLite
import Storage
package import Vocabulary

/// What applying declarations changes; computed and carried out within one transaction.
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

    /// In the order of the declarations.
    package private(set) var changes: [Change] = []
    /// Agents whose checks are not what they were.
    package internal(set) var reassigned: Set<String> = []

    /// Applies everything; the caller rolls back for a dry run.
    ///
    /// - Throws: `ResourceErrors` when names lead nowhere or in a circle, or when what is declared contradicts what
    ///   is there.
    package static func apply(
        _ declarations: [Declaration], by person: String, at now: Instant, in connection: Connection
    ) throws -> ApplyPlan {
        let current = try CurrentResources(connection)
        let errors = ReferenceCheck(declarations, over: current.references).errors
        guard errors.isEmpty else { throw ResourceErrors(errors: errors) }
        var plan = ApplyPlan()
        plan.changes = declarations.map { declaration in
            let resource = declaration.resource
            let old = current.resource(resource.kind, named: resource.name)
            let fields = old.map { ResourceComparison.differences(from: $0, to: resource) }
            let action: Change.Action = fields.map { $0.isEmpty ? .same : .update } ?? .create
            return Change(kind: resource.kind.rawValue, name: resource.name, action: action, fields: fields ?? [])
        }
        try plan.write(declarations, at: now, in: connection)
        for (change, declaration) in zip(plan.changes, declarations) where change.action != .same {
            try AuditStore(connection).write(
                .init(
                    at: now, who: person, action: declaration.resource.kind.auditActions.of(change.action),
                    subject: change.name, detail: change.fields.joined(separator: "; ")))
        }
        return plan
    }

    /// Each kind after those it builds on, whatever the order of the file.
    private mutating func write(_ declarations: [Declaration], at now: Instant, in connection: Connection) throws {
        let changed = zip(changes, declarations).filter { $0.0.action != .same }.map(\.1)
        var assets: [(Declaration, AssetResource)] = []
        for declaration in changed {
            switch declaration.resource {
            case .unit(let unit): try UnitStore(connection).put(unit)
            case .site(let site): try SiteStore(connection).put(site)
            case .hours(let hours): try HoursStore(connection).put(hours)
            case .asset(let asset): assets.append((declaration, asset))
            // In force before checks are planned.
            case .rule(let rule): try RuleStore(connection).put(rule)
            case .maintenance: break
            case .route(let route): try RouteStore(connection).put(try route.stored)
            }
        }
        try put(assets, at: now, in: connection)
        for declaration in changed {
            guard case .maintenance(let maintenance) = declaration.resource else { continue }
            try MaintenanceStore(connection).put(maintenance)
        }
        let rules = Rules(try RuleStore(connection).all())
        let things = rules.isEmpty ? [] : try ExemptionStore(connection).assets(scope: .everything).map(\.thing)
        let byName = Dictionary(things.map { ($0.asset, $0) }) { first, _ in first }
        // Also where nothing else has changed: a newer program may ask more of the same asset.
        for declaration in declarations {
            guard case .asset(let asset) = declaration.resource else { continue }
            try planChecks(of: asset, declaration, at: now, in: connection) { checks in
                byName[asset.name].map { rules.applied(to: checks, of: $0) } ?? checks
            }
        }
        // A rule is for what was declared before it, too; and what moves to another site comes under other rules.
        guard !rules.isEmpty else { return }
        reassigned.formUnion(try RuledChecks.bring(at: now, in: connection))
    }
}
