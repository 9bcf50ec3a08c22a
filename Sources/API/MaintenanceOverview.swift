package import Detection
package import SQLite
import Storage
package import Vocabulary

/// Announced work as it stands at a moment: what pages and programs list.
package struct MaintenanceOverview: Sendable {
    package enum Stage: String, Sendable {
        case active
        case planned
        case over
    }

    package struct Entry: Sendable {
        package var maintenance: Maintenance
        package var stage: Stage
        /// When what is active ends, and when what is planned begins.
        package var next: Instant?
        /// How many assets in the scope it is for.
        package var assets: Int
    }

    /// What is under way first, then what comes, the soonest first; what is over last, the newest first.
    package var entries: [Entry]

    package init(_ connection: Connection, scope: Scope, at now: Instant) throws {
        let things = try ExemptionStore(connection).assets(scope: scope).map(\.thing)
        // Whom it covers is decided by all its targets, those out of sight included.
        let whole = try MaintenanceStore(connection).all(scope: .everything)
        let targets = Dictionary(whole.map { ($0.name, $0) }) { first, _ in first }
        let all = try MaintenanceStore(connection).all(scope: scope).map { maintenance in
            let isActive = maintenance.isActive(at: now)
            let next = maintenance.nextChange(after: now)
            return Entry(
                maintenance: maintenance, stage: isActive ? .active : next == nil ? .over : .planned, next: next,
                assets: things.count { targets[maintenance.name]?.covers($0) == true })
        }
        let sorted = { (stage: Stage) in
            all.filter { $0.stage == stage }.sorted {
                ($0.next ?? .never, $0.maintenance.name) < ($1.next ?? .never, $1.maintenance.name)
            }
        }
        let over = all.filter { $0.stage == .over }.sorted {
            ($0.maintenance.end ?? .never, $1.maintenance.name) > ($1.maintenance.end ?? .never, $0.maintenance.name)
        }
        entries = sorted(.active) + sorted(.planned) + over
    }
}

extension Maintenance {
    /// The moment after which nothing of it is left, where one is announced.
    package var end: Instant? {
        switch times {
        case .once(let span): span.upperBound
        case .recurring(_, from: _, let until): until
        }
    }

    package var start: Instant? {
        switch times {
        case .once(let span): span.lowerBound
        case .recurring(_, let from, until: _): from
        }
    }
}

extension Instant {
    fileprivate static let never = Instant(microseconds: .max)
}
