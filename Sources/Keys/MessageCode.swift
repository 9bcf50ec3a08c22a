internal import COpenSSL

/// The hashes that protocols still name, for reading and proving what others made; new things use SHA-256.
package enum HashFunction: CaseIterable, Hashable, Sendable {
    case md5
    case sha1
    case sha224
    case sha256
    case sha384
    case sha512

    fileprivate var implementation: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha1: EVP_sha1()
        case .sha224: EVP_sha224()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }

    /// The hash of the bytes; an error when the system's policy forbids the function, as FIPS does MD5.
    package func hash(_ bytes: [UInt8]) throws(KeysError) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        try attempt("hash", EVP_Digest(bytes, bytes.count, &hash, &length, implementation, nil))
        return Array(hash.prefix(Int(length)))
    }

    /// The HMAC (RFC 2104) of the bytes.
    package func code(of bytes: [UInt8], key: [UInt8]) throws(KeysError) -> [UInt8] {
        guard let keyLength = Int32(exactly: key.count) else {
            throw KeysError("authenticate", "the key is too long")
        }
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let made = COpenSSL.HMAC(implementation, key, keyLength, bytes, bytes.count, &code, &length)
        try attempt("authenticate", made == nil ? 0 : 1)
        return Array(code.prefix(Int(length)))
    }
}
