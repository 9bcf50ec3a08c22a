internal import COpenSSL

/// SHA-256 over bytes that come piece by piece: of a file larger than the memory.
package struct RunningDigest: ~Copyable {
    private let context: OpaquePointer

    package init() throws(KeysError) {
        context = try Self.started()
    }

    deinit { EVP_MD_CTX_free(context) }

    private static func started() throws(KeysError) -> OpaquePointer {
        let context = try attempt("make digest", EVP_MD_CTX_new())
        do throws(KeysError) {
            try attempt("start digest", EVP_DigestInit_ex(context, EVP_sha256(), nil))
        } catch {
            EVP_MD_CTX_free(context)
            throw error
        }
        return context
    }

    package func add(_ bytes: UnsafeRawBufferPointer) throws(KeysError) {
        try attempt("hash", EVP_DigestUpdate(context, bytes.baseAddress, bytes.count))
    }

    /// 32 bytes over all that was added; nothing can be added after it.
    package consuming func finish() throws(KeysError) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        try attempt("hash", EVP_DigestFinal_ex(context, &hash, nil))
        return hash
    }
}
