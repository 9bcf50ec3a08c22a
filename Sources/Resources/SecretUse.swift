import Notify
package import SQLite
import Storage

/// Which resources log in with which secret.
package enum SecretUse {
    /// By the secret's name: `Route on-duty`, then `Asset sw-1` and their like, in order of name.
    package static func all(in connection: Connection) throws -> [String: [String]] {
        var uses: [String: [String]] = [:]
        for route in try RouteStore(connection).all() {
            for secret in try RouteChannels(json: route.channel).secrets {
                uses[secret, default: []].append("Route \(route.name)")
            }
        }
        for (secret, assets) in try AssetSecretStore(connection).users() {
            uses[secret, default: []] += assets.map { "Asset \($0)" }
        }
        return uses
    }
}
