import Foundation
import Notify
package import SQLite
import Storage

/// Which resources log in with which secret.
package enum SecretUse {
    /// By the secret's name: `Route on-duty` and its like, in order of name.
    package static func all(in connection: Connection) throws -> [String: [String]] {
        var uses: [String: [String]] = [:]
        for route in try RouteStore(connection).all() {
            switch try JSONDecoder().decode(ChannelSettings.self, from: Data(route.channel.utf8)) {
            case .webhook: break
            case .mail(let mail) where mail.secret.isEmpty: break
            case .mail(let mail): uses[mail.secret, default: []].append("Route \(route.name)")
            }
        }
        return uses
    }
}
