internal import COpenSSL

/// Ciphers that protocols prescribe, without proof of what was changed: whoever uses them authenticates beside them.
package enum BlockCipher: Hashable, Sendable {
    /// DES in CBC mode, single, long broken: SNMPv3 offers nothing else to old devices. Bytes in multiples of 8.
    case desCBC
    /// AES in 128-bit cipher feedback; the key's length, 16, 24 or 32 bytes, is the cipher's.
    case aesCFB

    package enum Direction: Int32, Hashable, Sendable {
        case deciphering = 0
        case enciphering = 1
    }

    private static let fetched = (
        des: Fetched(EVP_CIPHER_fetch(nil, "DES-EDE3-CBC", nil)),
        aes128: Fetched(EVP_CIPHER_fetch(nil, "AES-128-CFB", nil)),
        aes192: Fetched(EVP_CIPHER_fetch(nil, "AES-192-CFB", nil)),
        aes256: Fetched(EVP_CIPHER_fetch(nil, "AES-256-CFB", nil))
    )

    /// The bytes enciphered or deciphered, as many as they were.
    package func transform(
        _ bytes: [UInt8], _ direction: Direction, key: [UInt8], initialVector: [UInt8]
    ) throws(KeysError) -> [UInt8] {
        let vectorLength: Int
        let implementation: OpaquePointer?
        switch (self, key.count) {
        // DES alone is in libcrypto's legacy provider, which need not be there; three times the same key is the same.
        case (.desCBC, 8): (implementation, vectorLength) = (Self.fetched.des.pointer, 8)
        case (.aesCFB, 16): (implementation, vectorLength) = (Self.fetched.aes128.pointer, 16)
        case (.aesCFB, 24): (implementation, vectorLength) = (Self.fetched.aes192.pointer, 16)
        case (.aesCFB, 32): (implementation, vectorLength) = (Self.fetched.aes256.pointer, 16)
        default: throw KeysError("encipher", "a key of \(key.count) bytes is of no use")
        }
        guard initialVector.count == vectorLength, self != .desCBC || bytes.count.isMultiple(of: 8),
            let count = Int32(exactly: bytes.count)
        else {
            throw KeysError("encipher", "\(bytes.count) bytes with a vector of \(initialVector.count)")
        }
        guard count > 0 else { return [] }
        let method = try attempt("start cipher", implementation)
        let context = try attempt("make cipher", EVP_CIPHER_CTX_new())
        // Also overwrites the key schedule.
        defer { EVP_CIPHER_CTX_free(context) }
        let whole = self == .desCBC ? key + key + key : key
        try attempt(
            "start cipher",
            EVP_CipherInit_ex(context, method, nil, whole, initialVector, direction.rawValue))
        try attempt("start cipher", EVP_CIPHER_CTX_set_padding(context, 0))
        var result = [UInt8](repeating: 0, count: bytes.count + 16)
        var done: Int32 = 0
        try attempt("encipher", EVP_CipherUpdate(context, &result, &done, bytes, count))
        guard Int(done) == bytes.count else {
            throw KeysError("encipher", "\(done) of \(bytes.count) bytes came out")
        }
        result.removeLast(16)
        return result
    }
}
