internal import CSSL

/// What a server showed of itself in a handshake.
package struct TLSPeer: Hashable, Sendable {
    /// As OpenSSL writes it: `TLSv1.3`, `TLSv1.2`, `TLSv1.1`, `TLSv1`.
    package var version = ""
    /// As OpenSSL writes it, e.g. `TLS_AES_256_GCM_SHA384`; empty when none was agreed on.
    package var cipher = ""
    /// How strong the cipher is, in bits.
    package var cipherBits = 0
    /// As it was sent: the server's own certificate first.
    package var chain: [PeerCertificate] = []
    /// What the check of the chain and the name found.
    package var faults: [ChainFault] = []

    package init() {}
}

/// Something wrong with a certificate of a chain.
package struct ChainFault: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case expired, notYetValid
        case wrongName
        /// Signed by nobody who is trusted.
        case selfSigned
        /// Nobody here knows the issuer, and the server did not send its certificate.
        case issuerMissing
        /// The chain ends in somebody who is not trusted here.
        case untrustedAuthority
        case revoked
        case other
    }

    /// `X509_V_ERR_…` of <openssl/x509_vfy.h>.
    package var code: Int32
    /// 0 is the server's own certificate, 1 its issuer's, and so on.
    package var depth: Int
    package var words: String

    package init(code: Int32, depth: Int, words: String) {
        self.code = code
        self.depth = depth
        self.words = words
    }

    package var kind: Kind {
        switch code {
        case 9: .notYetValid
        case 10: .expired
        case 62, 64: .wrongName
        case 18: .selfSigned
        case 2, 20, 21: .issuerMissing
        case 19: .untrustedAuthority
        case 23: .revoked
        default: .other
        }
    }
}
