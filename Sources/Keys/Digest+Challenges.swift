internal import COpenSSL

// The other hashes that digest challenges name (RFC 7616, 3.2).
extension Digest {
    /// MD5 (RFC 1321): 16 bytes. Not for anything new: older servers know nothing else, and some systems forbid it.
    package static func md5(_ bytes: [UInt8]) throws(KeysError) -> [UInt8] {
        try hash(bytes, EVP_md5(), count: 16)
    }

    /// SHA-512/256 (FIPS 180-4): 32 bytes.
    package static func sha512Half(_ bytes: [UInt8]) throws(KeysError) -> [UInt8] {
        try hash(bytes, EVP_sha512_256(), count: 32)
    }

    private static func hash(
        _ bytes: [UInt8], _ algorithm: OpaquePointer?, count: Int
    ) throws(KeysError) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: count)
        try attempt("hash", EVP_Digest(bytes, bytes.count, &hash, nil, algorithm, nil))
        return hash
    }
}
