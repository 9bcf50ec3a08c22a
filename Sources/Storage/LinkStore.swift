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
    package func put(_ vias: [Int64], assetID: Int64) throws {
        try connection.run("DELETE FROM link WHERE asset_id = ?", assetID)
        for (place, via) in vias.enumerated() {
            try connection.run("INSERT INTO link (asset_id, place, via_id) VALUES (?, ?, ?)", assetID, place, via)
        }
    }

    private static let select = """
        SELECT asset.name, via.name FROM link
        JOIN asset ON asset.id = link.asset_id JOIN asset AS via ON via.id = link.via_id
        """

    private func link(_ row: borrowing Row) -> Link {
        Link(asset: row.text(0), via: row.text(1))
    }
}
