import Detection
import Inventory
import SQLite
import Storage
import Vocabulary

extension AvailabilityReport {
    /// The store's side of a report: each asset as a timeline of the period.
    struct Reading {
        let assets: [Exemptions.Asset]
        private let store: AvailabilityStore
        private let checks: [Int64: [AvailabilityStore.WatchedCheck]]
        private let hours: [String: Hours]
        private let maintenances: [Maintenance]
        private let period: Range<Instant>
        private let now: Instant

        init(_ connection: Connection, period: Range<Instant>, scope: Scope, now: Instant) throws {
            self.period = period
            self.now = now
            store = AvailabilityStore(connection)
            assets = try ExemptionStore(connection).assets(scope: scope)
            // What surrounds a machine is shown on the board and does not count, and so it is here.
            let own = try store.checks(in: period, scope: scope).filter { !AssetStanding.isSurrounding($0.name) }
            checks = Dictionary(grouping: own, by: \.assetID)
            hours = Dictionary(try HoursStore(connection).all().map { ($0.name, $0) }) { first, _ in first }
            // Whom work covers is decided by all its targets, those out of sight included.
            maintenances = try MaintenanceStore(connection).all(scope: .everything)
        }

        /// By the asset's row; an asset of which nothing was watched has none.
        func timelines() throws -> [Int64: Timeline] {
            var closed: [String: [Range<Instant>]] = [:]
            for (name, hours) in hours { closed[name] = hours.times.spans(in: period).gaps(within: period) }
            let works = maintenances.map { ($0, $0.spans(in: period)) }.filter { !$0.1.isEmpty }
            var timelines: [Int64: Timeline] = [:]
            for asset in assets {
                guard let checks = checks[asset.id] else { continue }
                var (leading, others): (Timeline?, [Timeline]) = (nil, [])
                for check in checks {
                    let line = try timeline(check)
                    if check.name.part == "host" { leading = line } else { others.append(line) }
                }
                let measured = Timeline.asset(leading: leading, others: others, period: period)
                let work = works.filter { $0.0.covers(asset.thing) }.flatMap(\.1).united(within: period)
                // Work outside hours is outside hours: nobody missed anything.
                timelines[asset.id] = measured.exempting(work, as: .maintenance).exempting(
                    asset.hours.flatMap { closed[$0] } ?? [], as: .outsideHours)
            }
            return timelines
        }

        private func timeline(_ check: AvailabilityStore.WatchedCheck) throws -> Timeline {
            let changes = try store.changes(of: check, in: period)
            let record = try Record(changes, until: now, isSilence: { $0 == ConditionStore.silence }) { silence in
                silence.overlaps(period) ? try store.unseen(check, in: silence) : []
            }
            let watched = min(check.created, period.upperBound)..<max(check.created, check.removed ?? period.upperBound)
            return Timeline(record.spans, watched: watched, period: period)
        }
    }
}
