/// A user's keys at one engine (RFC 3414 §2.6 and A.2): what passwords become.
package struct USMKeys: Hashable, Sendable {
    package var authentication: [UInt8]
    package var privacy: [UInt8]

    package init(authentication: [UInt8] = [], privacy: [UInt8] = []) {
        self.authentication = authentication
        self.privacy = privacy
    }

    /// Derives them for the engine. `stretched` gives what `stretched(_:by:_:)` makes of a password: it is the same for all
    /// engines, and keeping it makes the second engine of a user cost next to nothing.
    package init(
        for user: USMUser, at engineID: [UInt8], _ cryptography: some Cryptography,
        stretched: (_ password: [UInt8], AuthenticationHash) throws(CryptographyFailure) -> [UInt8]
    ) throws(CryptographyFailure) {
        guard let authentication = user.authentication else {
            self.init()
            return
        }
        let hash = authentication.hash
        let key = try Self.localised(
            stretched: stretched(authentication.password, hash), at: engineID, by: hash, cryptography)
        guard let privacy = user.privacy else {
            self.init(authentication: key)
            return
        }
        let base = try Self.localised(
            stretched: stretched(privacy.password, hash), at: engineID, by: hash, cryptography)
        let drawn = try Self.drawn(base, for: privacy.cipher, at: engineID, by: hash, cryptography)
        self.init(authentication: key, privacy: drawn)
    }

    /// Derives them for the engine; each password is stretched to a mebibyte and hashed.
    package init(
        for user: USMUser, at engineID: [UInt8], _ cryptography: some Cryptography
    ) throws(CryptographyFailure) {
        try self.init(for: user, at: engineID, cryptography) { password, hash throws(CryptographyFailure) in
            try Self.stretched(password, by: hash, cryptography)
        }
    }

    /// RFC 3414 A.2: the hash of a mebibyte of the password, then localised with the engine's identity.
    package static func localised(
        _ password: [UInt8], at engineID: [UInt8], by hash: AuthenticationHash, _ cryptography: some Cryptography
    ) throws(CryptographyFailure) -> [UInt8] {
        try localised(
            stretched: stretched(password, by: hash, cryptography), at: engineID, by: hash, cryptography)
    }

    /// RFC 3414 A.2: the hash of a mebibyte of the password.
    package static func stretched(
        _ password: [UInt8], by hash: AuthenticationHash, _ cryptography: some Cryptography
    ) throws(CryptographyFailure) -> [UInt8] {
        guard !password.isEmpty else { throw CryptographyFailure("the password is empty") }
        let length = 1 << 20
        var stretched: [UInt8] = []
        stretched.reserveCapacity(length + password.count)
        while stretched.count < length { stretched += password }
        stretched.removeLast(stretched.count - length)
        return try cryptography.hash(stretched, by: hash)
    }

    private static func localised(
        stretched key: [UInt8], at engineID: [UInt8], by hash: AuthenticationHash, _ cryptography: some Cryptography
    ) throws(CryptographyFailure) -> [UInt8] {
        try cryptography.hash(key + engineID + key, by: hash)
    }

    /// A key as long as the cipher wants it.
    private static func drawn(
        _ key: [UInt8], for cipher: PrivacyCipher, at engineID: [UInt8], by hash: AuthenticationHash,
        _ cryptography: some Cryptography
    ) throws(CryptographyFailure) -> [UInt8] {
        var drawn = key
        var last = key
        while drawn.count < cipher.keyLength {
            if cipher.isReeder {
                // draft-reeder-snmpv3-usm-3desede-00 §2.1: the key so far is the next password.
                last = try localised(last, at: engineID, by: hash, cryptography)
                drawn += last
            } else {
                // draft-blumenthal-aes-usm-04 §3.1.2.1: the hash of all so far.
                drawn += try cryptography.hash(drawn, by: hash)
            }
        }
        return Array(drawn.prefix(cipher.keyLength))
    }
}

/// A user of USM: name, and passwords with what they are used by.
package struct USMUser: Hashable, Sendable {
    package struct Authentication: Hashable, Sendable {
        package var hash: AuthenticationHash
        package var password: [UInt8]

        package init(_ hash: AuthenticationHash, password: [UInt8]) {
            self.hash = hash
            self.password = password
        }
    }

    package struct Privacy: Hashable, Sendable {
        package var cipher: PrivacyCipher
        package var password: [UInt8]

        package init(_ cipher: PrivacyCipher, password: [UInt8]) {
            self.cipher = cipher
            self.password = password
        }
    }

    package var name: [UInt8]
    /// Nil: noAuthNoPriv.
    package var authentication: Authentication?
    /// Counts only beside `authentication`.
    package var privacy: Privacy?

    package init(name: [UInt8], authentication: Authentication? = nil, privacy: Privacy? = nil) {
        self.name = name
        self.authentication = authentication
        self.privacy = privacy
    }
}
