import Detection
import Inventory
import SQLite
import Storage
import Vocabulary

/// Brings the settings of every check to what the rules say.
enum RuledChecks {
    /// The agents whose checks are not what they were.
    static func bring(at now: Instant, in connection: Connection) throws -> Set<String> {
        let rules = Rules(try RuleStore(connection).all())
        let store = CheckStore(connection)
        let secrets = try AssetSecretStore(connection).all()
        var reassigned: Set<String> = []
        for asset in try ExemptionStore(connection).assets(scope: .everything) {
            // What a machine asks beside itself, such as its gateway, is not judged as the line to it is.
            let isOfClass = try AgentStore(connection).agent(assetID: asset.id) == nil
            for stored in try store.active(assetID: asset.id) {
                guard let agent = stored.agent, stored.vanished == nil else { continue }
                var plain = stored.check
                plain.settings =
                    isOfClass
                    ? DeclaredChecks.settings(
                        of: plain.kind, assetClass: asset.thing.assetClass, secrets: secrets[asset.id] ?? [:])
                    : [:]
                for ruled in rules.applied(to: [plain], of: asset.thing) where ruled != stored.check {
                    try store.put(ruled, assetID: asset.id, agent: agent, at: now)
                    reassigned.insert(agent)
                }
            }
        }
        return reassigned
    }
}
