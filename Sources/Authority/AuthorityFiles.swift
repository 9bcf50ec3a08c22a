import Keys
package import Vocabulary

/// The authority on disk: a folder of its own (0700) with `ca.key`, `ca.pem`, `collector.key`, `collector.pem` and
/// `secrets.key` (32 raw bytes), each 0600.
///
/// Made once, on the first start. What is damaged, missing or does not belong together afterwards is an error that
/// names the file: a new root would lock every agent out, a new secrets key would lose every secret.
package struct AuthorityFiles: Hashable, Sendable {
    package let folder: String

    /// What the authority consists of on the disk.
    package static let names = ["ca.key", "ca.pem", "collector.key", "collector.pem", "secrets.key"]
    /// Where the files of a first start come together; without meaning until it is renamed to `ready`.
    private static let draft = ".authority.new"
    /// All files are in it, whole: from here on they only need to be moved to their places.
    private static let ready = ".authority.ready"

    package init(folder: String) {
        self.folder = folder
    }

    /// Loads the authority, making it when there is none, and renews the collector's certificate when that is due.
    ///
    /// Call it at each start and daily; it is safe while another process does the same.
    package func open(for names: ServerNames, at time: Instant) throws(AuthorityError) -> Authority {
        let folder = try Folder(making: folder)
        try folder.lock()
        try finishFirstStart(in: folder)
        if try isEmpty(folder) {
            try folder.setMode(0o700)
            try writeFirst(try keys { () throws(KeysError) in try Authority.found(for: names, at: time) }, in: folder)
            try finishFirstStart(in: folder)
        }
        let authority = try load(from: folder)
        guard authority.certificate.isValid(at: time) else {
            throw AuthorityError(
                path("ca.pem"),
                "is valid from \(authority.certificate.notBefore) to "
                    + "\(authority.certificate.notAfter), now is \(time)")
        }
        guard authority.isServerRenewalDue(for: names, at: time) else { return authority }
        let renewed = try keys { () throws(KeysError) in try authority.withServerRenewed(for: names, at: time) }
        try folder.write(Array(renewed.serverCertificate.pem.utf8), to: "collector.pem")
        return renewed
    }

    private func path(_ name: String) -> String { folder + "/" + name }

    private func isEmpty(_ folder: borrowing Folder) throws(AuthorityError) -> Bool {
        for name in Self.names where try folder.holds(name) { return false }
        return true
    }

    /// A first start that was cut off leaves either a draft, which is thrown away, or all files, which are moved.
    private func finishFirstStart(in folder: borrowing Folder) throws(AuthorityError) {
        if try folder.holds(Self.draft) {
            try remove(Self.draft, in: folder)
        }
        guard try folder.holds(Self.ready) else { return }
        let ready = try folder.folder(Self.ready)
        for name in Self.names where try ready.holds(name) {
            guard try !folder.holds(name) else {
                throw AuthorityError(path(name), "is there although the first start had not finished: move it away")
            }
            try ready.move(name, to: folder)
        }
        try folder.sync()
        try folder.removeFolder(Self.ready)
        try folder.sync()
    }

    private func remove(_ name: String, in folder: borrowing Folder) throws(AuthorityError) {
        let inner = try folder.folder(name)
        for file in Self.names {
            for variant in [file, ".\(file).new"] where try inner.holds(variant) { try inner.remove(variant) }
        }
        try folder.removeFolder(name)
    }

    private func writeFirst(_ authority: Authority, in folder: borrowing Folder) throws(AuthorityError) {
        let draft = try folder.makeFolder(Self.draft)
        try draft.write(Array(authority.keyPEM().utf8), to: "ca.key")
        try draft.write(Array(authority.certificate.pem.utf8), to: "ca.pem")
        try draft.write(Array(authority.serverKey.pem().utf8), to: "collector.key")
        try draft.write(Array(authority.serverCertificate.pem.utf8), to: "collector.pem")
        try draft.write(authority.secretsKey.withBytes { Array($0) }, to: "secrets.key")
        try folder.rename(Self.draft, to: Self.ready)
        try folder.sync()
    }

    private func keys(_ make: () throws(KeysError) -> Authority) throws(AuthorityError) -> Authority {
        do throws(KeysError) {
            return try make()
        } catch {
            throw AuthorityError(folder, error.description)
        }
    }
}
