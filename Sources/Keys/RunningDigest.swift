internal import COpenSSL

/// SHA-256 over bytes that come piece by piece: of a file larger than the memory.
package struct RunningDigest: ~Copyable {
    private let handle: DigestHandle

    package init() throws(KeysError) {
        let made = try DigestHandle()
        try attempt("start digest", EVP_DigestInit_ex(made.pointer, EVP_sha256(), nil))
        handle = made
    }

    package func add(_ bytes: UnsafeRawBufferPointer) throws(KeysError) {
        try attempt("hash", EVP_DigestUpdate(handle.pointer, bytes.baseAddress, bytes.count))
    }

    /// 32 bytes over all that was added; nothing can be added after it.
    package consuming func finish() throws(KeysError) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        try attempt("hash", EVP_DigestFinal_ex(handle.pointer, &hash, nil))
        return hash
    }
}
