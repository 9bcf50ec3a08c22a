package import Detection
package import SQLite
package import Vocabulary

/// Announced work: when, and for what.
package struct MaintenanceStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// In order of name. Within a scope those that touch something in it, and of what they are for only what is in it.
    package func all(scope: Scope) throws -> [Maintenance] {
        let everything = try everything()
        guard case .units(let units) = scope else { return everything }
        let things = try ExemptionStore(connection).assets(scope: scope).map(\.thing)
        let names = Set(things.map(\.asset))
        let sites = Set(try SiteStore(connection).all(scope: scope).map(\.name))
        return everything.compactMap { maintenance in
            var seen = maintenance
            seen.targets = maintenance.targets.filter { target in
                switch target {
                case .site(let site): sites.contains(site)
                case .unit(let unit): units.contains(unit)
                case .asset(let asset): names.contains(asset)
                case .assetClass: true
                }
            }
            let touches = things.contains(where: maintenance.covers)
            return touches || seen.targets.contains { if case .assetClass = $0 { false } else { true } } ? seen : nil
        }
    }

    package func maintenance(named name: String, scope: Scope) throws -> Maintenance? {
        try all(scope: scope).first { $0.name == name }
    }

    /// For decisions that hold for everybody, whoever looks.
    func everything() throws -> [Maintenance] {
        let targets = try connection.rows(
            """
            SELECT maintenance_target.maintenance, maintenance_target.site, maintenance_target.unit, asset.name,
                maintenance_target.class
            FROM maintenance_target LEFT JOIN asset ON asset.id = maintenance_target.asset_id
            ORDER BY maintenance_target.maintenance, maintenance_target.place
            """
        ) { row in (row.text(0), target(row)) }
        let targetsOf = Dictionary(grouping: targets, by: \.0)
        let rows = try connection.rows("SELECT name, begins, ends, every, reason, who FROM maintenance ORDER BY name") {
            row in
            (
                name: row.text(0), from: row.optionalInteger(1).map(Instant.init(microseconds:)),
                until: row.optionalInteger(2).map(Instant.init(microseconds:)), every: row.text(3), reason: row.text(4),
                who: row.text(5)
            )
        }
        return try rows.map { row in
            Maintenance(
                name: row.name, times: try Self.times(row.every, row.from, row.until),
                targets: targetsOf[row.name]?.map(\.1) ?? [], reason: row.reason, who: row.who)
        }
    }

    private func target(_ row: borrowing Row) -> Maintenance.Target {
        if let site = row.optionalText(1) { return .site(site) }
        if let unit = row.optionalText(2) { return .unit(unit) }
        if let asset = row.optionalText(3) { return .asset(asset) }
        return .assetClass(row.text(4))
    }

    private static func times(_ every: String, _ from: Instant?, _ until: Instant?) throws -> Maintenance.Times {
        let rules = try every.split(separator: "\n").map { try DayRule($0) }
        guard rules.isEmpty, let from, let until, from < until else {
            return .recurring(rules, from: from, until: until)
        }
        return .once(from..<until)
    }

    /// Adds a maintenance or brings a known one to these values.
    package func put(_ maintenance: Maintenance) throws {
        let (rules, from, until): ([DayRule], Instant?, Instant?) =
            switch maintenance.times {
            case .once(let span): ([], span.lowerBound, span.upperBound)
            case .recurring(let rules, let from, let until): (rules, from, until)
            }
        try connection.run(
            """
            INSERT INTO maintenance (name, begins, ends, every, reason, who) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                begins = excluded.begins, ends = excluded.ends, every = excluded.every, reason = excluded.reason,
                who = excluded.who
            """, maintenance.name, from?.microseconds, until?.microseconds,
            rules.map(\.description).joined(separator: "\n"), maintenance.reason, maintenance.who)
        try connection.run("DELETE FROM maintenance_target WHERE maintenance = ?", maintenance.name)
        for (place, target) in maintenance.targets.enumerated() {
            let (column, value): (String, String) =
                switch target {
                case .site(let site): ("site", site)
                case .unit(let unit): ("unit", unit)
                case .asset(let asset): ("asset_id", asset)
                case .assetClass(let name): ("class", name)
                }
            let mark = column == "asset_id" ? "(SELECT id FROM asset WHERE name = ?)" : "?"
            try connection.run(
                "INSERT INTO maintenance_target (maintenance, place, \(column)) VALUES (?, ?, \(mark))",
                maintenance.name, place, value)
        }
    }

    package func remove(_ name: String) throws {
        try connection.run("DELETE FROM maintenance WHERE name = ?", name)
    }

    /// An asset that was taken out is worked on no more.
    package func forget(assetID: Int64) throws {
        try connection.run("DELETE FROM maintenance_target WHERE asset_id = ?", assetID)
    }

    /// Takes out those that are for nothing any more, because what they were for was taken out.
    package func removeAimless() throws {
        try connection.run(
            """
            DELETE FROM maintenance WHERE NOT EXISTS (
                SELECT 1 FROM maintenance_target WHERE maintenance_target.maintenance = maintenance.name)
            """)
    }
}
