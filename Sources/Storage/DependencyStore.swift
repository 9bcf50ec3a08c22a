package import Detection
package import SQLite
package import Vocabulary

/// What the engine of alerts has to know of assets, links and checks.
package struct DependencyStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Everything in service; `depth` says of a class how near to the outside such a thing stands.
    package func dependencies(depth: (String) -> Int) throws -> Dependencies {
        var assets: [Int64: Dependencies.Asset] = [:]
        let reach = try reach()
        let via = try via()
        let patience = try patience()
        for row in try connection.rows(
            "SELECT id, importance, coalesce(site, ''), class, flapping FROM asset WHERE removed IS NULL",
            as: { ($0.integer(0), Importance(rawValue: $0.text(1)) ?? .normal, $0.text(2), $0.text(3), $0.text(4)) })
        {
            assets[row.0] = Dependencies.Asset(
                importance: row.1, site: row.2, depth: depth(row.3), via: via[row.0] ?? [], reach: reach[row.0] ?? [],
                folds: row.4 == "fold", patience: patience[row.0])
        }
        return Dependencies(assets)
    }

    /// Where rules say it.
    private func patience() throws -> [Int64: Duration] {
        let rules = Rules(try RuleStore(connection).all())
        guard !rules.isEmpty else { return [:] }
        let assets = try ExemptionStore(connection).assets(scope: .everything)
        return assets.reduce(into: [:]) { $0[$1.id] = rules.patience(of: $1.thing) }
    }

    /// What tells whether an asset can be reached: it answers ICMP, or else TCP, or else HTTP; and its agent reports.
    private func reach() throws -> [Int64: Set<Subject>] {
        var ranked: [Int64: (rank: Int64, checks: Set<Subject>)] = [:]
        let rows = try connection.rows(
            """
            SELECT probe_check.asset_id, probe_check.id,
                CASE probe_check.name WHEN asset.name || '/icmp' THEN 0 WHEN asset.name || '/tcp' THEN 1 ELSE 2 END
            FROM probe_check JOIN asset ON asset.id = probe_check.asset_id
            WHERE probe_check.removed IS NULL AND probe_check.name IN
                (asset.name || '/icmp', asset.name || '/tcp', asset.name || '/http')
            """
        ) { ($0.integer(0), $0.integer(1), $0.integer(2)) }
        for (asset, check, rank) in rows {
            guard let known = ranked[asset], known.rank <= rank else {
                ranked[asset] = (rank, [.check(check)])
                continue
            }
            if known.rank == rank { ranked[asset]?.checks.insert(.check(check)) }
        }
        var reach = ranked.mapValues(\.checks)
        for (asset, agent) in try connection.rows(
            "SELECT asset_id, id FROM agent WHERE revoked IS NULL", as: { ($0.integer(0), $0.text(1)) })
        {
            reach[asset, default: []].insert(.agent(agent))
        }
        return reach
    }

    private func via() throws -> [Int64: [[Int64]]] {
        var found: [Int64: [(group: Int64?, members: [Int64])]] = [:]
        for (asset, via, group) in try connection.rows(
            "SELECT asset_id, via_id, redundancy FROM link ORDER BY asset_id, place",
            as: { ($0.integer(0), $0.integer(1), $0.optionalInteger(2)) })
        {
            if let group, let place = found[asset]?.firstIndex(where: { $0.group == group }) {
                found[asset]?[place].members.append(via)
            } else {
                found[asset, default: []].append((group, [via]))
            }
        }
        return found.mapValues { $0.map(\.members) }
    }

    /// What is believed of each check in service and of each agent.
    package func beliefs() throws -> [Subject: AlertEngine.Belief] {
        var beliefs: [Subject: AlertEngine.Belief] = [:]
        for (id, state, since, silent) in try connection.rows(
            """
            SELECT condition.check_id, condition.state, condition.since, condition.silent
            FROM condition JOIN probe_check ON probe_check.id = condition.check_id WHERE probe_check.removed IS NULL
            """, as: { ($0.integer(0), State(rawValue: Int($0.integer(1))), $0.integer(2), $0.optionalInteger(3)) })
        {
            beliefs[.check(id)] = .init(
                silent == nil ? state ?? .unknown : .unknown, since: Instant(microseconds: silent ?? since))
        }
        for (id, silent, enrolled) in try connection.rows(
            "SELECT id, silent, enrolled FROM agent WHERE revoked IS NULL",
            as: { ($0.text(0), $0.optionalInteger(1), $0.integer(2)) })
        {
            beliefs[.agent(id)] = .init(silent == nil ? .up : .down, since: Instant(microseconds: silent ?? enrolled))
        }
        return beliefs
    }

    /// When each check failed and came back lately, so that what comes and goes is known as such after a start, too.
    package func changes(at now: Instant) throws -> [Subject: Changes] {
        // From each check to its newest changes, of which there are few.
        let rows = try connection.rows(
            """
            SELECT transition.check_id, transition.since, transition.state, (
                SELECT before.state FROM transition AS before
                WHERE before.check_id = transition.check_id AND before.confirmed < transition.confirmed
                    AND before.state <> 3
                ORDER BY before.confirmed DESC LIMIT 1)
            FROM probe_check CROSS JOIN transition
                ON transition.check_id = probe_check.id AND transition.confirmed >= ?
            WHERE probe_check.removed IS NULL ORDER BY transition.check_id, transition.confirmed
            """, (now - Changes.within).microseconds
        ) { row in
            (
                check: row.integer(0), since: Instant(microseconds: row.integer(1)),
                state: State(rawValue: Int(row.integer(2))) ?? .unknown,
                before: row.optionalInteger(3).flatMap { State(rawValue: Int($0)) }
            )
        }
        var times: [Int64: [Instant]] = [:]
        for row in rows where row.before.map({ Changes.isChange(from: $0, to: row.state) }) ?? false {
            times[row.check, default: []].append(row.since)
        }
        return Dictionary(uniqueKeysWithValues: times.map { (.check($0), Changes($1)) })
    }

    /// What fails and has no alert: something was quiet when it began.
    package func silenced(reason silence: Reason) throws -> [AlertEngine.News] {
        let checks = try connection.rows(
            """
            SELECT condition.check_id, probe_check.asset_id, condition.state, condition.code, condition.step,
                condition.expected, condition.got, condition.since, condition.confirmed
            FROM condition JOIN probe_check ON probe_check.id = condition.check_id
            WHERE probe_check.removed IS NULL AND condition.silent IS NULL AND condition.state IN (1, 2) AND NOT EXISTS (
                SELECT 1 FROM alert WHERE alert.check_id = condition.check_id AND alert.resolved IS NULL)
            """
        ) { row in
            AlertEngine.News(
                row.outcome(from: 2), of: .check(row.integer(0)), asset: row.integer(1),
                since: Instant(microseconds: row.integer(7)), confirmed: Instant(microseconds: row.integer(8)))
        }
        let agents = try connection.rows(
            """
            SELECT id, asset_id, silent FROM agent WHERE revoked IS NULL AND silent IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM alert WHERE alert.agent_id = agent.id AND alert.resolved IS NULL)
            """
        ) { row in
            let since = Instant(microseconds: row.integer(2))
            return AlertEngine.News(
                .down(silence), of: .agent(row.text(0)), asset: row.integer(1), since: since, confirmed: since)
        }
        return checks + agents
    }

    /// Why the checks of an agent are unknown that it cannot see from where it stands, if there are such.
    package func blindness(agent: String, codes: [String]) throws -> Reason? {
        let marks = codes.map { _ in "?" }.joined(separator: ", ")
        return try connection.rows(
            """
            SELECT condition.state, condition.code, condition.step, condition.expected, condition.got
            FROM condition JOIN probe_check ON probe_check.id = condition.check_id
            WHERE probe_check.agent_id = ? AND probe_check.removed IS NULL AND condition.silent IS NULL
                AND condition.state = 3 AND condition.code IN (\(marks)) ORDER BY condition.since LIMIT 1
            """, arguments: [agent] + codes
        ) { $0.outcome(from: 0).reason }.first ?? nil
    }
}
