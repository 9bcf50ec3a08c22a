/// The hashes of USM: which HMAC authenticates, with the name that settings use (RFC 3414, RFC 7860).
package enum AuthenticationHash: String, CaseIterable, Hashable, Sendable {
    case md5
    case sha1 = "sha"
    case sha224
    case sha256
    case sha384
    case sha512

    /// Bytes of a whole hash, which is also the length of a key.
    package var length: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// Bytes of the HMAC that a message carries.
    package var codeLength: Int {
        switch self {
        case .md5, .sha1: 12
        case .sha224: 16
        case .sha256: 24
        case .sha384: 32
        case .sha512: 48
        }
    }
}

/// The ciphers of USM, with the name that settings use (RFC 3414, RFC 3826, draft-blumenthal-aes-usm-04).
///
/// A key longer than the hash is drawn out in one of two ways: Blumenthal's, or the one that Reeder's draft describes
/// for triple DES and that Cisco and others use for AES; both are in the field.
package enum PrivacyCipher: String, CaseIterable, Hashable, Sendable {
    case des
    case aes128 = "aes"
    case aes192
    case aes256
    case aes192Reeder = "aes192-c"
    case aes256Reeder = "aes256-c"

    /// Bytes of the localised key that are used: for DES key and pre-IV.
    package var keyLength: Int {
        switch self {
        case .des, .aes128: 16
        case .aes192, .aes192Reeder: 24
        case .aes256, .aes256Reeder: 32
        }
    }

    package var isReeder: Bool { self == .aes192Reeder || self == .aes256Reeder }
}

/// What USM needs of a cryptographic library; this room has none of its own.
package protocol Cryptography: Sendable {
    func hash(_ bytes: [UInt8], by hash: AuthenticationHash) throws(CryptographyFailure) -> [UInt8]
    /// What proves messages with that key.
    func authenticator(
        _ hash: AuthenticationHash, key: [UInt8]
    ) throws(CryptographyFailure) -> any Authenticator
    /// DES-CBC without padding for `des`, else AES-CFB128 with the key's length.
    func cipher(_ cipher: PrivacyCipher, key: [UInt8]) throws(CryptographyFailure) -> any SymmetricCipher
    /// Whether both are the same, in a time that depends on their lengths alone.
    func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool
}

/// Proves messages with one key, which it holds as the library likes it best.
package protocol Authenticator: Sendable {
    /// The whole HMAC (RFC 2104) of the bytes, with zeros in the place of those in `blank`.
    func code(of bytes: [UInt8], blank: Range<Int>) throws(CryptographyFailure) -> [UInt8]
}

/// Enciphers and deciphers with one key, which it holds as the library likes it best; bytes of DES are a multiple of 8.
package protocol SymmetricCipher: Sendable {
    func encrypt(_ bytes: [UInt8], initialVector: [UInt8]) throws(CryptographyFailure) -> [UInt8]
    func decrypt(_ bytes: [UInt8], initialVector: [UInt8]) throws(CryptographyFailure) -> [UInt8]
}

/// What the cryptographic library could not do, in its words, e.g. DES that is switched off.
package struct CryptographyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}
