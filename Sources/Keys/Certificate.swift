internal import COpenSSL
package import Vocabulary

/// A certificate (X.509, RFC 5280), read once: its bytes and what they say.
///
/// Reading proves nothing about it: that is for `isSigned(by:)`, `isValid(at:)` and whoever keeps the serial numbers.
package struct Certificate: Hashable, Sendable {
    package let der: [UInt8]
    /// The serial number's bytes in hexadecimal, e.g. `4f00c3…`; a minus sign before it when it is negative.
    package let serial: String
    package let notBefore: Instant
    package let notAfter: Instant
    /// The subject's first common name: for people to read, never an identity.
    package let commonName: String?
    package let names: AlternativeNames
    /// Whether it may issue certificates.
    package let isAuthority: Bool
    /// Of its public key, of whatever kind that is.
    package let fingerprint: Fingerprint
    /// SHA-256 of `der`.
    package let sha256: [UInt8]

    package init(der: [UInt8]) throws(KeysError) {
        let handle = try CertificateHandle(der: der)
        self.der = der
        serial = try handle.serial()
        notBefore = try handle.notBefore()
        notAfter = try handle.notAfter()
        commonName = handle.commonName()
        names = try handle.names()
        isAuthority = handle.isAuthority()
        fingerprint = try Fingerprint(publicKey: handle.publicKey())
        sha256 = try Digest.sha256(der)
    }

    /// Reads the one PEM block `CERTIFICATE` of a text.
    package init(pem: String) throws(KeysError) {
        try self.init(der: PEM.decode(pem, label: "CERTIFICATE", operation: "read certificate"))
    }

    package var pem: String { PEM.encode("CERTIFICATE", der) }

    /// Whether `time` lies within its validity; both ends belong to it.
    package func isValid(at time: Instant) -> Bool {
        notBefore <= time && time <= notAfter
    }

    /// Whether `issuer` may issue, is named as the issuer, and its key made the signature. Validity is not asked.
    package func isSigned(by issuer: Certificate) throws(KeysError) -> Bool {
        guard issuer.isAuthority else { return false }
        return try CertificateHandle(der: der).isSigned(by: CertificateHandle(der: issuer.der))
    }
}
