/// What came of checking the server's certificate.
package enum Verification: Hashable, Sendable {
    /// Accepted, or not checked at all.
    case passed
    case expired
    case notYetValid
    /// Signed by nobody who is trusted; in OpenSSL's words.
    case untrusted(String)
    case wrongName

    /// From OpenSSL's `X509_V_…` code, in `<openssl/x509_vfy.h>`.
    init(code: Int) {
        switch code {
        // 1 is what libcurl begins with: OpenSSL had no objection, and libcurl's own checks came before its word.
        case 0, 1: self = .passed
        case 9: self = .notYetValid
        case 10: self = .expired
        case 62, 64: self = .wrongName
        case 2, 20: self = .untrusted("the issuer is not known here")
        case 18: self = .untrusted("the certificate is self-signed")
        case 19: self = .untrusted("the chain ends in a self-signed certificate that is not trusted")
        case 21: self = .untrusted("the first certificate cannot be verified")
        case 23: self = .untrusted("the certificate is revoked")
        default: self = .untrusted("X509_V code \(code)")
        }
    }
}
