import Detection
import Inventory
package import SQLite
import Storage
package import Vocabulary
package import Wire

/// Applies reports to the stores within one transaction; holds what it would otherwise look up again and again.
///
/// Owned by the engine loop. After a failed commit it is thrown away: its memory may be ahead of the store.
package struct Engine {
    /// What applying did that others want to know.
    package struct Effects: Hashable, Sendable {
        /// Agents whose checks are not what they were.
        package var reassigned: Set<String> = []
        /// For the log: what was ignored, and why.
        package var ignored: [String] = []
        package var transitions = 0
        package var samples = 0
        /// New ones.
        package var findings = 0
    }

    private struct Known {
        var id: Int64
        var assetID: Int64
        var agent: String?
        /// Taken out of service: what still arrives is history, and nobody acts on it.
        var isRemoved: Bool
    }

    private struct SeriesKey: Hashable {
        var check: Int64
        var metric: Metric
    }

    private var checks: [CheckName: Known] = [:]
    private var series: [SeriesKey: Int64] = [:]
    private var desk: AlertDesk?

    package init() {}

    /// When time alone brings something for alerts next: at once, while nobody has looked yet.
    package var nextDue: Instant? { desk.map(\.nextDue) ?? Instant(microseconds: .min) }

    /// The alerts, as the stores have them when they are first asked for.
    private mutating func alerts<Result>(
        at now: Instant, in connection: Connection, _ body: (inout AlertDesk) throws -> Result
    ) throws -> Result {
        var desk = try self.desk ?? AlertDesk(connection, at: now)
        self.desk = nil
        defer { self.desk = desk }
        return try body(&desk)
    }

    /// Does what time alone brings: agents fall silent or are back, and what has lasted is told.
    package mutating func pass(to now: Instant, silence: SilenceWatch, in connection: Connection) throws {
        try alerts(at: now, in: connection) { desk in
            try silence.apply(at: now, with: &desk, in: connection)
            try desk.pass(to: now, in: connection)
        }
    }

    /// Applies one report of an agent that arrived at `received`.
    package mutating func apply(
        _ report: Report, of agent: String, received: Instant, in connection: Connection
    ) throws -> Effects {
        var effects = Effects()
        // What is believed before this report, as long as the stores still say so.
        try alerts(at: received, in: connection) { _ in }
        for observation in report.observations {
            try apply(observation, of: agent, received: received, in: connection, &effects)
        }
        for change in report.states {
            try apply(change, of: agent, received: received, in: connection, &effects)
        }
        if let sheet = report.facts {
            try apply(sheet, of: agent, in: connection, &effects)
        }
        try apply(report.findings, of: agent, received: received, in: connection, &effects)
        for path in report.paths {
            guard let check = try check(path.check, for: agent, in: connection, &effects) else { continue }
            guard path.seen < received + .seconds(86_400) else {
                effects.ignored.append("\(path.check.rawValue): a path seen at \(path.seen) lies in the future")
                continue
            }
            try PathStore(connection).add(path, checkID: check.id)
        }
        return effects
    }

    /// Findings are about the machine the agent runs on.
    private mutating func apply(
        _ findings: [Finding], of agent: String, received: Instant, in connection: Connection,
        _ effects: inout Effects
    ) throws {
        guard !findings.isEmpty else { return }
        guard let assetID = try AgentStore(connection).assetID(agent: agent) else {
            effects.ignored.append("\(findings.count) findings of agent \(agent), whose machine is gone")
            return
        }
        let store = FindingStore(connection)
        for finding in findings {
            guard let id = try store.take(finding, assetID: assetID, received: received) else { continue }
            effects.findings += 1
            // Somebody has to look now: an alert like any other, which ends when somebody closes the finding.
            guard finding.severity == .high else { continue }
            try alerts(at: received, in: connection) { desk in
                try desk.take(
                    .degraded(Reason(finding.rule, got: finding.subject)), of: .finding(id), assetID: assetID,
                    since: finding.firstSeen, confirmed: finding.firstSeen, at: received, in: connection)
            }
        }
    }

    /// Whether `retireChecks` would do anything; reads only.
    package static func hasSpentChecks(at now: Instant, in connection: Connection) throws -> Bool {
        try !AlertStore(connection).orphans().isEmpty
            || CheckStore(connection).vanished().contains { stored in
                CheckPlan.isSpent(
                    .init(check: stored.check, created: stored.created, vanished: stored.vanished), at: now)
            }
    }

    /// Takes checks out of service that have outlived what called for them.
    package mutating func retireChecks(at now: Instant, in connection: Connection) throws -> Effects {
        var effects = Effects()
        let store = CheckStore(connection)
        for stored in try store.vanished() {
            let current = CheckPlan.Current(check: stored.check, created: stored.created, vanished: stored.vanished)
            guard CheckPlan.isSpent(current, at: now) else { continue }
            try store.remove(stored.check.name, at: now)
            checks[stored.check.name] = nil
            if let agent = stored.agent { effects.reassigned.insert(agent) }
        }
        // What is no longer asked can no longer be answered: its alert ends with it.
        let orphans = try AlertStore(connection).orphans()
        guard !orphans.isEmpty else { return effects }
        try alerts(at: now, in: connection) { desk in
            for orphan in orphans { try desk.end(orphan, at: now, in: connection) }
        }
        return effects
    }

    private mutating func apply(
        _ observation: Observation, of agent: String, received: Instant, in connection: Connection,
        _ effects: inout Effects
    ) throws {
        guard let check = try check(observation.check, for: agent, in: connection, &effects) else { return }
        let checkID = check.id
        // A clock that is days off must not plant samples that no retention ever reaches.
        guard observation.time < received + .seconds(86_400) else {
            effects.ignored.append("\(observation.check.rawValue): a run at \(observation.time) lies in the future")
            return
        }
        let conditions = ConditionStore(connection)
        try conditions.wasAsked(
            checkID: checkID, at: observation.time, duration: observation.duration, state: observation.outcome.state)
        if !check.isRemoved {
            try alerts(at: received, in: connection) { desk in
                try desk.observe(
                    observation.outcome.state, of: checkID, time: observation.time, at: received, in: connection)
            }
        }
        let own = [
            Reading(Metric("probe_duration_seconds"), observation.duration.inSeconds),
            Reading(Metric("probe_state"), Double(observation.outcome.state.rawValue)),
        ]
        for reading in own + observation.readings {
            guard let seriesID = try id(of: reading.metric, check: checkID, in: connection) else {
                effects.ignored.append(
                    "\(observation.check.rawValue): too many series, \(reading.metric.text) left out")
                continue
            }
            try SeriesStore(connection).append(series: seriesID, time: observation.time, value: reading.value)
            effects.samples += 1
        }
    }

    private mutating func apply(
        _ change: StateChange, of agent: String, received: Instant, in connection: Connection,
        _ effects: inout Effects
    ) throws {
        guard let check = try check(change.check, for: agent, in: connection, &effects) else { return }
        let checkID = check.id
        let conditions = ConditionStore(connection)
        let believed = try conditions.condition(checkID: checkID).map { (outcome: $0.outcome, confirmed: $0.confirmed) }
        let wasBlind = believed.map { AlertDesk.isBlindness($0.outcome) } ?? false
        switch Verdict(change, believed: believed) {
        case .known:
            break
        case .believe where check.isRemoved, .history:
            try conditions.record(change, checkID: checkID, at: received)
            effects.transitions += 1
        case .believe:
            try conditions.set(change, checkID: checkID)
            try conditions.record(change, checkID: checkID, at: received)
            try conditions.reviseReturn(after: change, checkID: checkID)
            effects.transitions += 1
            let isBlindness = AlertDesk.isBlindness(change.outcome) || wasBlind
            try alerts(at: received, in: connection) { desk in
                try desk.take(
                    change.outcome, of: .check(checkID), assetID: check.assetID, since: change.since,
                    confirmed: change.confirmed, at: received, in: connection)
                if isBlindness { try desk.see(agent: agent, at: received, in: connection) }
            }
        }
    }

    private mutating func apply(
        _ sheet: FactSheet, of agent: String, in connection: Connection, _ effects: inout Effects
    ) throws {
        guard let asset = try asset(of: sheet, from: agent, in: connection) else {
            effects.ignored.append("facts about \"\(sheet.asset)\" from an agent that was not asked about it")
            return
        }
        let assetID = asset.id
        let store = FactStore(connection)
        if let last = try store.lastSeen(assetID: assetID, source: sheet.source), last > sheet.seen {
            effects.ignored.append("facts about \(asset.name) seen before the ones that are known")
            return
        }
        let before = try store.sheet(assetID: assetID, source: sheet.source)
        let comparison = FactComparison(before: before ?? [:], now: sheet.facts)
        try store.markSeen(assetID: assetID, source: sheet.source, at: sheet.seen)
        for difference in comparison.differences {
            // The first sheet of a source is no change of the machine.
            try store.apply(
                FactStore.Change(
                    path: difference.path, source: sheet.source, at: sheet.seen, was: difference.was,
                    became: difference.became),
                assetID: assetID, recorded: before != nil && difference.isHistory(from: sheet.source))
        }
        guard sheet.asset.isEmpty else { return }
        try planChecks(of: asset, facts: sheet.facts, agent: agent, at: sheet.seen, in: connection, &effects)
    }

    /// The asset a sheet is about: the agent's own machine, or one that a check of this agent asks.
    private func asset(
        of sheet: FactSheet, from agent: String, in connection: Connection
    ) throws -> AssetStore.Asset? {
        if sheet.asset.isEmpty {
            return try AgentStore(connection).assetID(agent: agent).flatMap { try AssetStore(connection).asset(id: $0) }
        }
        guard let asset = try AssetStore(connection).asset(named: sheet.asset, scope: .everything) else { return nil }
        let isAsked = try CheckStore(connection).active(assetID: asset.id).contains { $0.agent == agent }
        return isAsked ? asset : nil
    }

    private mutating func planChecks(
        of asset: AssetStore.Asset, facts: [Fact], agent: String, at now: Instant, in connection: Connection,
        _ effects: inout Effects
    ) throws {
        let store = CheckStore(connection)
        let current = try store.active(assetID: asset.id).map {
            CheckPlan.Current(check: $0.check, created: $0.created, vanished: $0.vanished)
        }
        var wanted =
            ServerClass.checks(asset: asset.name, facts: facts)
            + DeclaredChecks.plugins(
                asset: asset.name, host: DeclaredChecks.host(address: asset.address, url: asset.url),
                answers: asset.answers)
        let rules = Rules(try RuleStore(connection).all())
        if !rules.isEmpty {
            let known = try ExemptionStore(connection).assets(scope: .everything).first { $0.id == asset.id }
            if let thing = known?.thing { wanted = rules.applied(to: wanted, of: thing) }
        }
        let plan = CheckPlan(wanted: wanted, current: current)
        for check in plan.put { try store.put(check, assetID: asset.id, agent: agent, at: now) }
        for name in plan.vanish { try store.markVanished(name, at: now) }
        guard !plan.put.isEmpty else { return }
        for check in plan.put { checks[check.name] = nil }
        effects.reassigned.insert(agent)
    }

    /// A check, if it is this agent's to answer.
    private mutating func check(
        _ name: CheckName, for agent: String, in connection: Connection, _ effects: inout Effects
    ) throws -> Known? {
        if checks[name] == nil, let found = try CheckStore(connection).find(name) {
            checks[name] = Known(id: found.id, assetID: found.assetID, agent: found.agent, isRemoved: found.isRemoved)
        }
        guard let known = checks[name], known.agent == agent else {
            effects.ignored.append("\(name.rawValue): not a check of this agent")
            return nil
        }
        return known
    }

    private mutating func id(of metric: Metric, check: Int64, in connection: Connection) throws -> Int64? {
        let key = SeriesKey(check: check, metric: metric)
        if let known = series[key] { return known }
        let found = try SeriesStore(connection).series(checkID: check, metric: metric)
        // What was refused is not remembered: an agent that invents labels must not fill the memory either.
        if let found { series[key] = found }
        return found
    }
}
