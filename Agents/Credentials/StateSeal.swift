internal import Glibc
package import Keys

/// Seals what the state folder keeps of the collector's secrets, with a key of its own: `seal.key`, mode 0600.
///
/// A copy of the spool alone gives nothing away; who can read the whole folder is the agent.
package struct StateSeal: Sendable {
    private static let file = "seal.key"
    private static let context = Array("assignment".utf8)
    private let box: SealedBox

    /// Makes the key where there is none.
    package init(folder: String) throws {
        let path = "\(folder)/\(Self.file)"
        if access(path, F_OK) != 0 {
            try StateFile.write(Hex.encode(try Random.bytes(32)) + "\n", to: path)
        }
        let text = String(try StateFile.read(path).prefix { !$0.isNewline })
        guard var key = Hex.decode(text), key.count == 32 else {
            throw StateError(path: path, problem: "it holds no key; without the file the next start makes one")
        }
        box = try SealedBox(key: SecretBytes(wiping: &key))
    }

    package func seal(_ bytes: [UInt8]) throws(KeysError) -> [UInt8] {
        try box.seal(bytes, context: Self.context)
    }

    package func open(_ bytes: [UInt8]) throws(KeysError) -> [UInt8] {
        try box.open(bytes, context: Self.context)
    }
}
