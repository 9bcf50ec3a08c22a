package import SNMP
import Synchronization

/// Keys of SNMPv3, kept because each password costs the hash of a mebibyte: by user and engine, so many at most.
package final class Keyring: Sendable {
    private struct Name: Hashable, Sendable {
        var user: USMUser
        var engineID: [UInt8]
    }

    private struct Password: Hashable, Sendable {
        var bytes: [UInt8]
        var hash: AuthenticationHash
    }

    /// What passwords were stretched to, for all engines. Held while one is: who asks at the same time wants the same.
    private let stretched = Mutex<[Password: [UInt8]]>([:])
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
        let made = try USMKeys(for: user, at: engineID, KeysCryptography()) { bytes, hash throws(CryptographyFailure) in
            try stretch(Password(bytes: bytes, hash: hash))
        }
        keys.withLock { keys in
            if keys.count >= limit { keys.removeAll() }
            keys[name] = made
        }
        return made
    }

    private func stretch(_ password: Password) throws(CryptographyFailure) -> [UInt8] {
        try stretched.withLock { stretched throws(CryptographyFailure) in
            if let known = stretched[password] { return known }
            let made = try USMKeys.stretched(password.bytes, by: password.hash, KeysCryptography())
            if stretched.count >= limit { stretched.removeAll() }
            stretched[password] = made
            return made
        }
    }
}
