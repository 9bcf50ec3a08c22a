/// How a transfer trusts the server, and how it proves itself.
package struct TLSOptions: Sendable {
    package enum Trust: Hashable, Sendable {
        /// The system's authorities (`/etc/ssl/certs/ca-certificates.crt`, Debian's ca-certificates).
        case system
        /// These authorities only, as PEM.
        case authorities([UInt8])
        /// Anybody: neither authority nor name nor validity is checked.
        case anybody
    }

    package var trust: Trust
    /// `sha256//` and the base64 digest of the server's public key; several are joined with `;`. Checked in addition
    /// to `trust`, before anything is sent.
    package var pinnedKey: String?
    package var identity: ClientIdentity?
    /// Whether the result tells of the server's certificate. A connection that is used again shows none.
    package var wantsCertificate: Bool

    package init(
        trust: Trust = .system, pinnedKey: String? = nil, identity: ClientIdentity? = nil,
        wantsCertificate: Bool = false
    ) {
        self.trust = trust
        self.pinnedKey = pinnedKey
        self.identity = identity
        self.wantsCertificate = wantsCertificate
    }
}

/// A client certificate with its chain, and its private key, both as PEM. The key is in no description.
package struct ClientIdentity: Sendable, CustomStringConvertible, CustomReflectable {
    package var certificate: [UInt8]
    package var key: [UInt8]

    package init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = certificate
        self.key = key
    }

    package var description: String { "client certificate (\(certificate.count) bytes)" }
    package var customMirror: Mirror { Mirror(self, children: ["identity": description]) }
}
