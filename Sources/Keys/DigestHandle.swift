internal import COpenSSL

/// Owns what libcrypto keeps while it hashes. Freeing it overwrites it.
struct DigestHandle: ~Copyable {
    let pointer: OpaquePointer

    init() throws(KeysError) {
        pointer = try attempt("make digest", EVP_MD_CTX_new())
    }

    deinit { EVP_MD_CTX_free(pointer) }
}
