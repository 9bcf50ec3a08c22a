package import SNMP
import Synchronization

/// Localised keys of SNMPv3, kept because each costs the hash of a mebibyte: by user and engine, so many at most.
package final class Keyring: Sendable {
    private struct Name: Hashable, Sendable {
        var user: USMUser
        var engineID: [UInt8]
    }

    private let keys = Mutex<[Name: USMKeys]>([:])
    private let limit: Int

    package init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// The user's keys at that engine; derived outside the caller's thread when they are not there.
    @concurrent
    package func keys(
        for user: USMUser, at engineID: [UInt8]
    ) async throws(CryptographyFailure) -> USMKeys {
        let name = Name(user: user, engineID: engineID)
        if let known = keys.withLock({ $0[name] }) { return known }
        let made = try USMKeys(for: user, at: engineID, KeysCryptography())
        keys.withLock { keys in
            if keys.count >= limit { keys.removeAll() }
            keys[name] = made
        }
        return made
    }
}
