internal import COpenSSL

/// A private key on the curve P-256, held as PKCS #8 and overwritten when it is let go.
package struct PrivateKey: Sendable {
    private let pkcs8: SecretBytes
    package let publicKey: PublicKey

    /// Makes a new key.
    package static func generate() throws(KeysError) -> PrivateKey {
        let handle = try KeyHandle(owning: attempt("generate key", haidang_generate_p256()))
        return try PrivateKey(handle)
    }

    /// Reads the PEM block `PRIVATE KEY` (PKCS #8, not encrypted); another kind of key is refused.
    package init(pem: String) throws(KeysError) {
        var der = try PEM.decode(pem, label: "PRIVATE KEY", operation: "read private key")
        defer { der.wipe() }
        let handle = try KeyHandle(pkcs8: der)
        try self.init(handle)
    }

    private init(_ handle: borrowing KeyHandle) throws(KeysError) {
        publicKey = try PublicKey(handle)
        pkcs8 = try handle.pkcs8()
    }

    /// The PEM block `PRIVATE KEY`: as secret as the key itself, and not overwritten.
    package func pem() -> String {
        pkcs8.withBytes { PEM.encode("PRIVATE KEY", Array($0)) }
    }

    package var fingerprint: Fingerprint { publicKey.fingerprint }

    func handle() throws(KeysError) -> KeyHandle {
        var der = pkcs8.withBytes { Array($0) }
        defer { der.wipe() }
        return try KeyHandle(pkcs8: der)
    }
}
