internal import COpenSSL

/// Owns one of libcrypto's key objects; made for a call and gone after it, so no two threads ever share one.
///
/// As with the other handles, the pointer is used inside methods or through borrowed parameters only: there the object
/// is alive for certain.
struct KeyHandle: ~Copyable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    init(publicKey der: [UInt8]) throws(KeysError) {
        pointer = try reading(der, "read public key", by: { d2i_PUBKEY(nil, $0, $1) }, else: EVP_PKEY_free)
    }

    init(pkcs8 der: [UInt8]) throws(KeysError) {
        var used = 0
        let count = try acceptable(der, "read private key")
        let handle = try KeyHandle(owning: attempt("read private key", haidang_read_pkcs8(der, count, &used)))
        guard used == count else { throw KeysError("read private key", "bytes follow it") }
        // The public half comes with the file: a file whose halves disagree would sign what nobody can verify.
        let context = try attempt("check private key", EVP_PKEY_CTX_new(handle.pointer, nil))
        defer { EVP_PKEY_CTX_free(context) }
        try attempt("check private key", EVP_PKEY_check(context))
        self = handle
    }

    var isP256: Bool { haidang_is_p256(pointer) == 1 }

    func becomeKey(ofCertificate certificate: OpaquePointer) throws(KeysError) {
        try attempt("set certificate's key", X509_set_pubkey(certificate, pointer))
    }

    /// An error unless this key signed the request.
    func verify(request: OpaquePointer) throws(KeysError) {
        try attempt("verify signing request", X509_REQ_verify(request, pointer))
    }

    /// SubjectPublicKeyInfo.
    borrowing func publicKey() throws(KeysError) -> [UInt8] {
        let key = pointer
        return try written("write public key") { i2d_PUBKEY(key, $0) }
    }

    borrowing func pkcs8() throws(KeysError) -> SecretBytes {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = haidang_write_pkcs8(pointer, &bytes)
        guard count > 0, let bytes else { throw .drained("write private key") }
        defer { haidang_free_secret(bytes, count) }
        var copy = Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
        return SecretBytes(wiping: &copy)
    }
}
