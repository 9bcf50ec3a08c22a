package import Detection
package import SQLite
package import Vocabulary

/// Which assets are in maintenance or outside their hours: the one place to ask, for alerts, board and reports alike.
package struct ExemptionStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// At one moment: by the asset's row, by what and until when; and when any of it changes next. Until then, and
    /// until somebody changes assets, units, hours or maintenances, the answer stays the same.
    package func exemptions(at now: Instant, scope: Scope) throws -> Exemptions {
        let (hours, maintenances) = (try HoursStore(connection).all(), try MaintenanceStore(connection).everything())
        // Most provinces have neither for a start: nothing is to be read then.
        guard !hours.isEmpty || !maintenances.isEmpty else { return Exemptions() }
        return Exemptions(assets: try assets(scope: scope), hours: hours, maintenances: maintenances, at: now)
    }

    /// Assets as calendars see them: where they are, who is above them, and which hours they keep.
    package func assets(scope: Scope) throws -> [Exemptions.Asset] {
        let units = try UnitStore(connection).all(scope: .everything)
        let parents = Dictionary(units.map { ($0.name, $0.parent) }) { first, _ in first }
        var chains: [String: Set<String>] = [:]
        let filter = ScopeFilter(scope, column: "unit")
        return try connection.rows(
            """
            SELECT id, name, class, site, unit, hours FROM asset WHERE removed IS NULL AND \(filter.sql) ORDER BY id
            """, arguments: filter.arguments
        ) { row in
            let unit = row.text(4)
            let chain = chains[unit] ?? Self.chain(from: unit, parents)
            chains[unit] = chain
            return Exemptions.Asset(
                id: row.integer(0),
                thing: .init(asset: row.text(1), assetClass: row.text(2), site: row.text(3), units: chain),
                hours: row.optionalText(5))
        }
    }

    /// A unit and all above it; a circle, which the collector never lets in, ends.
    private static func chain(from unit: String, _ parents: [String: String]) -> Set<String> {
        var (chain, next): (Set<String>, String) = ([], unit)
        while !next.isEmpty, chain.insert(next).inserted { next = parents[next] ?? "" }
        return chain
    }
}
