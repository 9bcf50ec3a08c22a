package import Detection
package import Resources
package import SQLite
import Storage
package import Vocabulary

/// Announces work and ends it, for pages and programs alike.
package struct MaintenanceDesk {
    /// Why nothing was changed.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case badName(String)
        case exists(String)
        case fault(MaintenanceDraft.Fault)
        /// A name that leads nowhere, and what is said of it.
        case unknownName(String, String)
        case noSuch(String)

        package var description: String {
            switch self {
            case .badName(let name): "name: \"\(name)\" is not \(ResourceName.rule)"
            case .exists(let name): "there is a maintenance \"\(name)\" already"
            case .fault(let fault): fault.description
            case .unknownName(_, let problem): problem
            case .noSuch(let name): "there is no maintenance \"\(name)\", or it is over"
            }
        }
    }

    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Announces work; without a name it gets one.
    package func add(_ draft: MaintenanceDraft, by person: String, at now: Instant) throws -> Maintenance {
        let known = Set(try MaintenanceStore(connection).all(scope: .everything).map(\.name))
        var draft = draft
        if draft.name.isEmpty {
            draft.name = Self.name(at: now, besides: known)
        } else if !ResourceName.isGood(draft.name) {
            throw Refusal.badName(draft.name)
        } else if known.contains(draft.name) {
            throw Refusal.exists(draft.name)
        }
        if draft.who.isEmpty { draft.who = person }
        let maintenance: Maintenance
        do throws(MaintenanceDraft.Fault) {
            maintenance = try draft.judged()
        } catch {
            throw Refusal.fault(error)
        }
        do {
            _ = try ApplyPlan.apply(
                [Declaration(.maintenance(maintenance), file: "request")], by: person, at: now, in: connection)
        } catch let errors as ResourceErrors {
            let names = draft.sites + draft.units + draft.assets
            let name = names.first { name in errors.errors.contains { $0.problem.contains("\"\(name)\"") } }
            throw Refusal.unknownName(name ?? "?", errors.errors.map(\.problem).joined(separator: "; "))
        }
        return maintenance
    }

    /// Ends work now; what has not begun is called off and leaves nothing.
    package func end(_ name: String, by person: String, at now: Instant) throws {
        // Moments are written to the second.
        let now = Instant(seconds: now.seconds)
        let store = MaintenanceStore(connection)
        guard let known = try store.maintenance(named: name, scope: .everything), !known.isOver(at: now) else {
            throw Refusal.noSuch(name)
        }
        if let ended = known.ended(at: now) {
            try store.put(ended)
        } else {
            try store.remove(name)
        }
        try AuditStore(connection).write(.init(at: now, who: person, action: "end-maintenance", subject: name))
    }

    /// `maintenance-2026-11-28-2200`, and a number where that is taken.
    private static func name(at now: Instant, besides known: Set<String>) -> String {
        let stem = "maintenance-" + LocalTime.text(now).prefix(16).replacing(":", with: "").replacing(" ", with: "-")
        guard known.contains(stem) else { return stem }
        let number = (2...).first { !known.contains("\(stem)-\($0)") } ?? 2
        return "\(stem)-\(number)"
    }
}
