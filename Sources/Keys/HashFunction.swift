internal import COpenSSL

/// The hashes that protocols still name, for reading and proving what others made; new things use SHA-256.
package enum HashFunction: CaseIterable, Hashable, Sendable {
    case md5
    case sha1
    case sha224
    case sha256
    case sha384
    case sha512
    /// SHA-512/256 (FIPS 180-4).
    case sha512Half

    /// Nil when the system's policy forbids the function.
    fileprivate var implementation: OpaquePointer? {
        switch self {
        case .md5: Self.fetched.md5.pointer
        case .sha1: Self.fetched.sha1.pointer
        case .sha224: Self.fetched.sha224.pointer
        case .sha256: Self.fetched.sha256.pointer
        case .sha384: Self.fetched.sha384.pointer
        case .sha512: Self.fetched.sha512.pointer
        case .sha512Half: Self.fetched.sha512Half.pointer
        }
    }

    /// Fetched once: libcrypto would look each up by its name in every call, which costs more than a short message.
    private static let fetched = (
        md5: Fetched(EVP_MD_fetch(nil, "MD5", nil)), sha1: Fetched(EVP_MD_fetch(nil, "SHA1", nil)),
        sha224: Fetched(EVP_MD_fetch(nil, "SHA224", nil)), sha256: Fetched(EVP_MD_fetch(nil, "SHA256", nil)),
        sha384: Fetched(EVP_MD_fetch(nil, "SHA384", nil)), sha512: Fetched(EVP_MD_fetch(nil, "SHA512", nil)),
        sha512Half: Fetched(EVP_MD_fetch(nil, "SHA512-256", nil))
    )

    /// The hash of the bytes; an error when the system's policy forbids the function, as FIPS does MD5.
    package func hash(_ bytes: [UInt8]) throws(KeysError) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let implementation = try attempt("hash", implementation)
        try attempt("hash", EVP_Digest(bytes, bytes.count, &hash, &length, implementation, nil))
        return Array(hash.prefix(Int(length)))
    }

    /// The HMAC (RFC 2104) of the bytes.
    package func code(of bytes: [UInt8], key: [UInt8]) throws(KeysError) -> [UInt8] {
        let implementation = try attempt("authenticate", implementation)
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        try attempt(
            "authenticate",
            haidang_hmac(implementation, key, key.count, bytes, bytes.count, &code, &length))
        return Array(code.prefix(Int(length)))
    }
}
