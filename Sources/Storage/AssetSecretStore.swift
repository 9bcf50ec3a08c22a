package import SQLite

/// With which secrets assets are asked: names only, by what each is for, such as `snmp`.
package struct AssetSecretStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// By the asset's row; assets without any are absent.
    package func all() throws -> [Int64: [String: String]] {
        var found: [Int64: [String: String]] = [:]
        for (id, purpose, secret) in try connection.rows(
            "SELECT asset_id, purpose, secret FROM asset_secret",
            as: { ($0.integer(0), $0.text(1), $0.text(2)) })
        {
            found[id, default: [:]][purpose] = secret
        }
        return found
    }

    package func secrets(assetID: Int64) throws -> [String: String] {
        let rows = try connection.rows(
            "SELECT purpose, secret FROM asset_secret WHERE asset_id = ?", assetID, as: { ($0.text(0), $0.text(1)) })
        return Dictionary(rows) { first, _ in first }
    }

    /// Puts these in the place of all that an asset had.
    package func put(_ secrets: [String: String], assetID: Int64) throws {
        try connection.run("DELETE FROM asset_secret WHERE asset_id = ?", assetID)
        for (purpose, secret) in secrets {
            try connection.run(
                "INSERT INTO asset_secret (asset_id, purpose, secret) VALUES (?, ?, ?)", assetID, purpose, secret)
        }
    }

    /// The assets that are asked with a secret, by its name, each once and in order of name.
    package func users() throws -> [String: [String]] {
        let rows = try connection.rows(
            """
            SELECT DISTINCT asset_secret.secret, asset.name FROM asset_secret JOIN asset ON asset.id = asset_id
            WHERE asset.removed IS NULL ORDER BY asset.name
            """, as: { ($0.text(0), $0.text(1)) })
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    /// The agents that ask an asset with that secret.
    package func agents(of secret: String) throws -> Set<String> {
        Set(
            try connection.rows(
                """
                SELECT DISTINCT probe_check.agent_id FROM asset_secret
                JOIN probe_check ON probe_check.asset_id = asset_secret.asset_id AND probe_check.removed IS NULL
                WHERE asset_secret.secret = ? AND probe_check.agent_id IS NOT NULL
                """, secret, as: { $0.text(0) }))
    }
}
