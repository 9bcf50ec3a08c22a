internal import COpenSSL

/// Ciphers that protocols prescribe, without proof of what was changed: whoever uses them authenticates beside them.
package enum BlockCipher: Hashable, Sendable {
    /// DES in CBC mode, single, long broken: SNMPv3 offers nothing else to old devices. Bytes in multiples of 8.
    case desCBC
    /// AES in 128-bit cipher feedback; the key's length, 16, 24 or 32 bytes, is the cipher's.
    case aesCFB

    private static let fetched = (
        des: Fetched(EVP_CIPHER_fetch(nil, "DES-EDE3-CBC", nil)),
        aes128: Fetched(EVP_CIPHER_fetch(nil, "AES-128-CFB", nil)),
        aes192: Fetched(EVP_CIPHER_fetch(nil, "AES-192-CFB", nil)),
        aes256: Fetched(EVP_CIPHER_fetch(nil, "AES-256-CFB", nil))
    )

    /// With a key of so many bytes: libcrypto's method, nil where the system has none, and how long a vector it wants.
    func method(keyLength: Int) throws(KeysError) -> (implementation: OpaquePointer?, vectorLength: Int) {
        switch (self, keyLength) {
        // DES alone is in libcrypto's legacy provider, which need not be there; three times the same key is the same.
        case (.desCBC, 8): (Self.fetched.des.pointer, 8)
        case (.aesCFB, 16): (Self.fetched.aes128.pointer, 16)
        case (.aesCFB, 24): (Self.fetched.aes192.pointer, 16)
        case (.aesCFB, 32): (Self.fetched.aes256.pointer, 16)
        default: throw KeysError("encipher", "a key of \(keyLength) bytes is of no use")
        }
    }
}
