internal import COpenSSL

/// Owns one of libcrypto's distinguished names, here always one common name.
struct NameHandle: ~Copyable {
    private let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// 1 to 64 characters (RFC 5280, upper bound of a common name), none of them a control character.
    init(commonName: String) throws(KeysError) {
        guard (1...64).contains(commonName.unicodeScalars.count),
            commonName.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw KeysError("use common name", "it must have 1 to 64 characters that can be seen") }
        let handle = NameHandle(owning: try attempt("make name", X509_NAME_new()))
        let name = handle.pointer
        let bytes = Array(commonName.utf8)
        try attempt(
            "make name",
            X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0))
        self = handle
    }

    deinit { X509_NAME_free(pointer) }

    func becomeSubject(ofCertificate certificate: OpaquePointer) throws(KeysError) {
        try attempt("set certificate's subject", X509_set_subject_name(certificate, pointer))
    }

    func becomeSubject(ofRequest request: OpaquePointer) throws(KeysError) {
        try attempt("make signing request", X509_REQ_set_subject_name(request, pointer))
    }
}
