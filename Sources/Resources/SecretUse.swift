import Notify
package import SQLite
import Storage

/// Which resources log in with which secret.
package enum SecretUse {
    /// By the secret's name: `Route on-duty` and its like, in order of name.
    package static func all(in connection: Connection) throws -> [String: [String]] {
        var uses: [String: [String]] = [:]
        for route in try RouteStore(connection).all() {
            for secret in try RouteChannels(json: route.channel).secrets {
                uses[secret, default: []].append("Route \(route.name)")
            }
        }
        return uses
    }
}
