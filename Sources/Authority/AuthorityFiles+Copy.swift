import Keys

extension AuthorityFiles {
    /// Copies all files into another folder, each 0600, while nobody else changes them; first they must hold together.
    package func copy(to target: String) throws(AuthorityError) {
        let folder = try Folder(making: folder)
        try folder.lock()
        _ = try load(from: folder)
        let target = try Folder(making: target)
        for name in Self.names {
            var bytes = try folder.read(name, isSecret: false)
            defer { bytes.wipe() }
            try target.write(bytes, to: name)
        }
    }

    /// Says what is missing, damaged or does not belong together, and changes nothing.
    package func verify() throws(AuthorityError) {
        _ = try load(from: try Folder(making: folder))
    }
}
