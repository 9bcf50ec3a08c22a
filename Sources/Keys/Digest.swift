internal import COpenSSL

/// Hashes of bytes.
package enum Digest {
    /// SHA-256 (FIPS 180-4): 32 bytes.
    package static func sha256(_ bytes: [UInt8]) throws(KeysError) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        try attempt("hash", EVP_Digest(bytes, bytes.count, &hash, nil, EVP_sha256(), nil))
        return hash
    }
}

/// Keyed hashes (RFC 2104).
package enum HMAC {
    /// HMAC-SHA-256: 32 bytes. Compare with `isEqualInConstantTime(to:)`.
    package static func sha256(_ bytes: [UInt8], key: SecretBytes) throws(KeysError) -> [UInt8] {
        guard let keyLength = Int32(exactly: key.count) else { throw KeysError("authenticate", "the key is too long") }
        var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        let result = key.withBytes { key in
            let made = COpenSSL.HMAC(EVP_sha256(), key.baseAddress, keyLength, bytes, bytes.count, &code, nil)
            return made == nil ? Int32(0) : 1
        }
        try attempt("authenticate", result)
        return code
    }
}
