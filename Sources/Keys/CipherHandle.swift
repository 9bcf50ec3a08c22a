internal import COpenSSL

/// Owns what libcrypto keeps while it enciphers. Freeing it also overwrites the key schedule.
struct CipherHandle: ~Copyable {
    let pointer: OpaquePointer

    init() throws(KeysError) {
        pointer = try attempt("make cipher", EVP_CIPHER_CTX_new())
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }
}
