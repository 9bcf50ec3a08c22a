internal import CSSL
import Glibc
package import Vocabulary

/// A certificate that a server sent (X.509, RFC 5280), as it describes itself; what cannot be read is left empty.
package struct PeerCertificate: Hashable, Sendable {
    /// On one line, e.g. `O = Sở Thông tin, CN = portal.example`.
    package var subject = ""
    package var issuer = ""
    /// Lower-case hexadecimal.
    package var serial = ""
    package var notBefore: Instant?
    package var notAfter: Instant?
    /// Host names and addresses in the order in which they stand there.
    package var names: [String] = []
    /// Of its public key: `RSA`, `EC`, `ED25519` …; empty for one that OpenSSL does not know.
    package var keyKind = ""
    package var keyBits = 0
    /// How its issuer signed it, e.g. `sha256WithRSAEncryption`.
    package var signature = ""
    /// SHA-256 of its bytes, lower-case hexadecimal.
    package var fingerprint = ""
    /// It names itself as its issuer: at the end of a chain its signature proves nothing.
    package var isSelfIssued = false

    package init() {}

    /// From its bytes (DER); nil when they are no certificate.
    package init?(der bytes: [UInt8]) {
        let certificate = bytes.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_X509(nil, &start, buffer.count)
        }
        guard let certificate else {
            ERR_clear_error()
            return nil
        }
        defer { X509_free(certificate) }
        self.init(certificate)
    }

    init(_ certificate: OpaquePointer) {
        subject = Self.text(X509_get_subject_name(certificate))
        issuer = Self.text(X509_get_issuer_name(certificate))
        if let number = X509_get0_serialNumber(certificate) {
            let count = Int(ASN1_STRING_length(number))
            serial = Self.hexadecimal(UnsafeBufferPointer(start: ASN1_STRING_get0_data(number), count: count))
        }
        notBefore = Self.moment(X509_get0_notBefore(certificate))
        notAfter = Self.moment(X509_get0_notAfter(certificate))
        names = Self.names(of: certificate)
        if let key = X509_get0_pubkey(certificate) {
            keyKind = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? ""
            keyBits = Int(max(0, EVP_PKEY_get_bits(key)))
        }
        if let name = OBJ_nid2ln(X509_get_signature_nid(certificate)) { signature = String(cString: name) }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        if X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 {
            fingerprint = digest.prefix(Int(length)).withUnsafeBufferPointer(Self.hexadecimal)
        }
        isSelfIssued = X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0
        ERR_clear_error()
    }

    private static func text(_ name: OpaquePointer?) -> String {
        guard let name, let text = haidang_name_text(name) else { return "" }
        defer { haidang_free_text(text) }
        return String(cString: text)
    }

    private static func moment(_ time: UnsafePointer<ASN1_TIME>?) -> Instant? {
        var seconds: Int64 = 0
        return haidang_moment(time, &seconds) == 1 ? Instant(seconds: seconds) : nil
    }

    private static func hexadecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (index, byte) in bytes.enumerated() {
                text[index * 2] = digit(byte >> 4)
                text[index * 2 + 1] = digit(byte & 15)
            }
            return bytes.count * 2
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func names(of certificate: OpaquePointer) -> [String] {
        guard let names = haidang_names(certificate) else { return [] }
        defer { haidang_free_names_of(names) }
        var found: [String] = []
        for index in 0..<max(0, haidang_count_of_names(names)) {
            var bytes: UnsafePointer<UInt8>?
            var count: Int32 = 0
            let kind = haidang_name_at(names, index, &bytes, &count)
            guard let bytes, count > 0 else { continue }
            let value = UnsafeBufferPointer(start: bytes, count: Int(count))
            if kind == GEN_DNS {
                found.append(String(decoding: value, as: UTF8.self))
            } else if let address = address(value) {
                found.append(address)
            }
        }
        return found
    }

    private static func address(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        return inet_ntop(family, bytes.baseAddress, &text, socklen_t(text.count)).map { String(cString: $0) }
    }
}
