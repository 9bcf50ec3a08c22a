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
    var implementation: OpaquePointer? {
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
        let implementation = try attempt("hash", implementation)
        return try Self.filled("hash") { EVP_Digest(bytes, bytes.count, $0, &$1, implementation, nil) }
    }

    /// What libcrypto writes, and how much that is.
    static func filled(
        _ operation: String, _ call: (UnsafeMutablePointer<UInt8>?, inout UInt32) -> Int32
    ) throws(KeysError) -> [UInt8] {
        clearDregs()
        var done: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
            var length: UInt32 = 0
            done = call(buffer.baseAddress, &length)
            count = done > 0 ? Int(length) : 0
        }
        guard done > 0 else { throw .drained(operation) }
        return bytes
    }
}
