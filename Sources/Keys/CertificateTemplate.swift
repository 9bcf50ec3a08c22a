internal import COpenSSL
package import Vocabulary

/// What a certificate shall say, before somebody signs it.
package struct CertificateTemplate: Hashable, Sendable {
    /// What the key may be used for.
    package enum Purpose: Hashable, Sendable {
        /// Issues certificates, but no further authorities.
        case authority
        case server
        case client
    }

    package var purpose: Purpose
    /// 1 to 64 characters, for people to read.
    package var commonName: String
    /// Whole seconds: what is finer is cut off.
    package var notBefore: Instant
    package var notAfter: Instant
    package var names: AlternativeNames

    package init(
        _ purpose: Purpose, commonName: String, from notBefore: Instant, to notAfter: Instant,
        names: AlternativeNames = AlternativeNames()
    ) {
        self.purpose = purpose
        self.commonName = commonName
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.names = names
    }

    /// Issues a certificate for a key, signed by an authority, with a random serial number of 128 bits.
    package func issue(
        for publicKey: PublicKey, by issuer: Certificate, key: PrivateKey
    ) throws(KeysError) -> Certificate {
        guard issuer.isAuthority else { throw KeysError("issue certificate", "the issuer is no authority") }
        guard issuer.fingerprint == key.fingerprint else {
            throw KeysError("issue certificate", "the key is not the issuer's")
        }
        let draft = try CertificateHandle()
        try draft.fill(from: self, publicKey: publicKey)
        try draft.name(issuer: CertificateHandle(der: issuer.der))
        try draft.sign(with: key.handle())
        return try Certificate(der: draft.der())
    }

    /// Issues a certificate that the key itself signs: the root of trust.
    package func issueSelfSigned(with key: PrivateKey) throws(KeysError) -> Certificate {
        let draft = try CertificateHandle()
        try draft.fill(from: self, publicKey: key.publicKey)
        try draft.nameSelfAsIssuer()
        try draft.sign(with: key.handle())
        return try Certificate(der: draft.der())
    }
}

extension CertificateHandle {
    fileprivate func fill(from template: CertificateTemplate, publicKey: PublicKey) throws(KeysError) {
        guard template.notBefore < template.notAfter else {
            throw KeysError("issue certificate", "it would end before it begins")
        }
        let serial = try Random.bytes(16)
        try attempt("set certificate's version", X509_set_version(pointer, 2))
        try attempt("set certificate's serial number", haidang_set_serial(pointer, serial, Int32(serial.count)))
        try attempt(
            "set certificate's validity",
            haidang_set_validity(pointer, template.notBefore.seconds, template.notAfter.seconds))
        try NameHandle(commonName: template.commonName).becomeSubject(ofCertificate: pointer)
        try KeyHandle(publicKey: publicKey.der).becomeKey(ofCertificate: pointer)
        try add(template.purpose)
        try attempt("add subject key id", haidang_add_subject_key_id(pointer))
        guard !template.names.isEmpty else { return }
        try NamesHandle(template.names).add(toCertificate: pointer)
    }

    private func add(_ purpose: CertificateTemplate.Purpose) throws(KeysError) {
        let (digitalSignature, certificateSigning): (UInt32, UInt32) = (1 << 0, 1 << 5)
        let operation = "add key usage"
        switch purpose {
        case .authority:
            try attempt(operation, haidang_add_basic_constraints(pointer, 1, 0))
            try attempt(operation, haidang_add_key_usage(pointer, certificateSigning))
        case .server, .client:
            try attempt(operation, haidang_add_basic_constraints(pointer, 0, -1))
            try attempt(operation, haidang_add_key_usage(pointer, digitalSignature))
            let usage = purpose == .server ? NID_server_auth : NID_client_auth
            try attempt(operation, haidang_add_extended_usage(pointer, usage))
        }
    }

    fileprivate func name(issuer: borrowing CertificateHandle) throws(KeysError) {
        let issuer = issuer.pointer
        try attempt("set certificate's issuer", X509_set_issuer_name(pointer, X509_get_subject_name(issuer)))
        try attempt("add authority key id", haidang_add_authority_key_id(pointer, issuer))
    }

    fileprivate func nameSelfAsIssuer() throws(KeysError) {
        try attempt("set certificate's issuer", X509_set_issuer_name(pointer, X509_get_subject_name(pointer)))
        try attempt("add authority key id", haidang_add_authority_key_id(pointer, pointer))
    }

    fileprivate func sign(with key: borrowing KeyHandle) throws(KeysError) {
        let key = key.pointer
        try attempt("sign certificate", X509_sign(pointer, key, EVP_sha256()))
    }
}
