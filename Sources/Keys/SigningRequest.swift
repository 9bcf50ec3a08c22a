internal import COpenSSL

/// A request for a certificate (PKCS #10, RFC 2986), proven to come from the holder of its key.
///
/// The subject it names is not read at all: who asks is decided by whom we let ask, never by what they call themselves.
package struct SigningRequest: Hashable, Sendable {
    package let der: [UInt8]
    /// The key that signed the request.
    package let publicKey: PublicKey

    /// Reads a request and verifies its signature with the key in it; only P-256 is accepted.
    package init(der: [UInt8]) throws(KeysError) {
        let request = try RequestHandle(der: der)
        publicKey = try request.verifiedKey()
        self.der = der
    }

    /// Makes a request. `commonName` is for the eyes of people who inspect it: 1 to 64 characters.
    package init(commonName: String, key: PrivateKey) throws(KeysError) {
        let request = try RequestHandle()
        try request.describe(commonName: commonName)
        try request.sign(with: key.handle())
        der = try request.der()
        publicKey = key.publicKey
    }
}

/// Owns one of libcrypto's request objects.
private struct RequestHandle: ~Copyable {
    private let pointer: OpaquePointer

    init() throws(KeysError) {
        pointer = try attempt("make signing request", X509_REQ_new())
    }

    init(der: [UInt8]) throws(KeysError) {
        pointer = try reading(
            der, "read signing request", by: { d2i_X509_REQ(nil, $0, $1) }, else: X509_REQ_free)
    }

    deinit { X509_REQ_free(pointer) }

    func describe(commonName: String) throws(KeysError) {
        try attempt("make signing request", X509_REQ_set_version(pointer, 0))
        try NameHandle(commonName: commonName).becomeSubject(ofRequest: pointer)
    }

    func sign(with key: borrowing KeyHandle) throws(KeysError) {
        let key = key.pointer
        try attempt("make signing request", X509_REQ_set_pubkey(pointer, key))
        try attempt("sign request", X509_REQ_sign(pointer, key, EVP_sha256()))
    }

    func verifiedKey() throws(KeysError) -> PublicKey {
        // X509_REQ_get_pubkey hands out a reference of our own, which the handle lets go.
        let key = try KeyHandle(owning: attempt("read key of signing request", X509_REQ_get_pubkey(pointer)))
        let publicKey = try PublicKey(key)
        try key.verify(request: pointer)
        return publicKey
    }

    func der() throws(KeysError) -> [UInt8] {
        let request = pointer
        return try written("write signing request") { i2d_X509_REQ(request, $0) }
    }
}
