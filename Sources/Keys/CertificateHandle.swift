internal import COpenSSL
import Vocabulary

/// Owns one of libcrypto's certificate objects; made for a call and gone after it.
struct CertificateHandle: ~Copyable {
    let pointer: OpaquePointer

    /// An empty certificate, to be filled.
    init() throws(KeysError) {
        pointer = try attempt("make certificate", X509_new())
    }

    init(der: [UInt8]) throws(KeysError) {
        pointer = try reading(der, "read certificate", by: { d2i_X509(nil, $0, $1) }, else: X509_free)
    }

    deinit { X509_free(pointer) }

    func serial() throws(KeysError) -> String {
        guard let number = X509_get0_serialNumber(pointer) else {
            throw KeysError("read certificate", "it has no serial number")
        }
        var count: Int32 = 0
        let bytes = haidang_string(number, &count)
        let digits = Hex.encode(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(count)))
        return (haidang_is_negative(number) == 1 ? "-" : "") + digits
    }

    func notBefore() throws(KeysError) -> Instant { try instant(X509_get0_notBefore(pointer)) }

    func notAfter() throws(KeysError) -> Instant { try instant(X509_get0_notAfter(pointer)) }

    private func instant(_ time: UnsafePointer<ASN1_TIME>?) throws(KeysError) -> Instant {
        var seconds: Int64 = 0
        try attempt("read certificate's validity", haidang_seconds(time, &seconds))
        return Instant(seconds: seconds)
    }

    func commonName() -> String? {
        guard let subject = X509_get_subject_name(pointer) else { return nil }
        let index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        guard index >= 0, let entry = X509_NAME_get_entry(subject, index) else { return nil }
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&bytes, X509_NAME_ENTRY_get_data(entry))
        defer { haidang_free(bytes) }
        guard count >= 0, let bytes else { return nil }
        return String(validating: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    }

    func names() throws(KeysError) -> AlternativeNames {
        var state: Int32 = 0
        guard let found = X509_get_ext_d2i(pointer, NID_subject_alt_name, &state, nil) else {
            // -1: there is none. Anything else: there are two, or one that cannot be read.
            guard state == -1 else { throw KeysError("read certificate", "its alternative names cannot be read") }
            return AlternativeNames()
        }
        return try NamesHandle(owning: OpaquePointer(found)).names()
    }

    func isAuthority() -> Bool { X509_check_ca(pointer) == 1 }

    /// SubjectPublicKeyInfo.
    func publicKey() throws(KeysError) -> [UInt8] {
        let key = X509_get_X509_PUBKEY(pointer)
        return try written("read certificate's key") { i2d_X509_PUBKEY(key, $0) }
    }

    func isSigned(by issuer: borrowing CertificateHandle) -> Bool {
        let issuer = issuer.pointer
        guard X509_check_issued(issuer, pointer) == X509_V_OK, let key = X509_get0_pubkey(issuer) else { return false }
        return X509_verify(pointer, key) == 1
    }

    func der() throws(KeysError) -> [UInt8] {
        let certificate = pointer
        return try written("write certificate") { i2d_X509(certificate, $0) }
    }
}
