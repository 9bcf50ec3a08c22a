package import SQLite
package import Vocabulary

/// What assets depend on, as a person declared it.
package struct LinkStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An asset and one that it depends on, by name.
    package struct Link: Hashable, Sendable {
        package var asset: String
        package var via: String
        /// Of those with the same number one is enough; nil: it is needed by itself.
        package var redundancy: Int64?
    }

    /// The links of assets in the scope; what they lead to may lie outside it.
    package func all(scope: Scope) throws -> [Link] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            "\(Self.select) WHERE \(filter.sql) ORDER BY asset.name, link.place", arguments: filter.arguments, as: link)
    }

    /// What an asset depends on, in the order in which it was declared.
    package func vias(assetID: Int64) throws -> [String] {
        try connection.rows("\(Self.select) WHERE link.asset_id = ? ORDER BY link.place", assetID, as: link).map(\.via)
    }

    /// What depends on an asset, as far as the scope reaches.
    package func dependents(assetID: Int64, scope: Scope) throws -> [String] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            "\(Self.select) WHERE link.via_id = ? AND \(filter.sql) ORDER BY asset.name",
            arguments: [assetID] + filter.arguments, as: link
        ).map(\.asset)
    }

    /// Puts these in the place of all that an asset depended on.
    ///
    /// Each group is needed; of a group one is enough.
    package func put(_ groups: [[Int64]], assetID: Int64) throws {
        try connection.run("DELETE FROM link WHERE asset_id = ?", assetID)
        var place = 0
        for (number, group) in groups.enumerated() {
            for via in group {
                try connection.run(
                    "INSERT INTO link (asset_id, place, via_id, redundancy) VALUES (?, ?, ?, ?)", assetID, place, via,
                    group.count > 1 ? number : nil)
                place += 1
            }
        }
    }

    /// The links of one asset as groups, in order.
    package static func grouped(_ links: [Link]) -> [[String]] {
        var groups: [(number: Int64?, names: [String])] = []
        for link in links {
            if let number = link.redundancy, let place = groups.firstIndex(where: { $0.number == number }) {
                groups[place].names.append(link.via)
            } else {
                groups.append((link.redundancy, [link.via]))
            }
        }
        return groups.map(\.names)
    }

    private static let select = """
        SELECT asset.name, via.name, link.redundancy FROM link
        JOIN asset ON asset.id = link.asset_id JOIN asset AS via ON via.id = link.via_id
        """

    private func link(_ row: borrowing Row) -> Link {
        Link(asset: row.text(0), via: row.text(1), redundancy: row.optionalInteger(2))
    }
}
