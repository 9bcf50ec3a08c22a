import Keys

extension AuthorityFiles {
    /// Reads all files and checks that they belong together.
    func load(from folder: borrowing Folder) throws(AuthorityError) -> Authority {
        let mode = try folder.mode()
        guard mode & 0o077 == 0 else {
            throw AuthorityError(self.folder, "can be used by others (mode \(octal(mode))): chmod 700 it")
        }
        // What is missing is said first: of a lost file nothing else can be.
        for name in Self.names where try !folder.holds(name) {
            throw AuthorityError("\(self.folder)/\(name)", "is missing: restore it from a backup")
        }
        let key = try privateKey("ca.key", in: folder)
        let root = try certificate("ca.pem", in: folder, of: key, named: "ca.key", by: nil)
        let serverKey = try privateKey("collector.key", in: folder)
        let server = try certificate("collector.pem", in: folder, of: serverKey, named: "collector.key", by: root)
        var secret = try folder.read("secrets.key", isSecret: true)
        guard secret.count == 32 else {
            throw AuthorityError("\(self.folder)/secrets.key", "has \(secret.count) bytes instead of 32")
        }
        return Authority(
            certificate: root, key: key, serverCertificate: server, serverKey: serverKey,
            secretsKey: SecretBytes(wiping: &secret))
    }

    private func privateKey(_ name: String, in folder: borrowing Folder) throws(AuthorityError) -> PrivateKey {
        var bytes = try folder.read(name, isSecret: true)
        defer { bytes.wipe() }
        return try reading(name) { () throws(KeysError) in
            try PrivateKey(pem: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// A certificate that must be for `key` and signed by `root`; the root itself is signed by itself.
    private func certificate(
        _ name: String, in folder: borrowing Folder, of key: PrivateKey, named keyName: String, by root: Certificate?
    ) throws(AuthorityError) -> Certificate {
        let bytes = try folder.read(name, isSecret: false)
        let (certificate, isSigned) = try reading(name) { () throws(KeysError) in
            let certificate = try Certificate(pem: String(decoding: bytes, as: UTF8.self))
            return (certificate, try certificate.isSigned(by: root ?? certificate))
        }
        let file = "\(self.folder)/\(name)"
        guard certificate.fingerprint == key.fingerprint else { throw AuthorityError(file, "is not for \(keyName)") }
        guard isSigned else {
            throw AuthorityError(file, root == nil ? "is no authority's own certificate" : "is not signed by ca.pem")
        }
        return certificate
    }

    private func reading<Value>(_ name: String, _ read: () throws(KeysError) -> Value) throws(AuthorityError) -> Value {
        do throws(KeysError) {
            return try read()
        } catch {
            throw AuthorityError("\(folder)/\(name)", error.description)
        }
    }
}
