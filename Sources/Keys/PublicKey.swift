internal import COpenSSL

/// A public key on the curve P-256.
package struct PublicKey: Hashable, Sendable {
    /// SubjectPublicKeyInfo, DER (RFC 5280, section 4.1).
    package let der: [UInt8]
    package let fingerprint: Fingerprint

    /// Reads a SubjectPublicKeyInfo; another kind of key or trailing bytes are refused.
    package init(der: [UInt8]) throws(KeysError) {
        try self.init(KeyHandle(publicKey: der))
    }

    init(_ handle: borrowing KeyHandle) throws(KeysError) {
        guard handle.isP256 else { throw KeysError("use public key", "it is not on the curve P-256") }
        der = try handle.publicKey()
        fingerprint = try Fingerprint(publicKey: der)
    }

    package var pem: String { PEM.encode("PUBLIC KEY", der) }
}
