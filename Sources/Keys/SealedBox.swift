internal import COpenSSL

/// Seals bytes with AES-256-GCM: unreadable and unchangeable without the key.
///
/// A sealed box is nonce (12 bytes), ciphertext, tag (16 bytes). The nonce is random: at most 2^32 boxes for one key.
package struct SealedBox: Sendable {
    private let key: SecretBytes

    private static let nonceLength = 12
    private static let tagLength = 16
    /// How many bytes a box is longer than what it holds.
    package static let overhead = nonceLength + tagLength

    /// `key` must be 32 bytes.
    package init(key: SecretBytes) throws(KeysError) {
        guard key.count == 32 else {
            throw KeysError("use key for sealing", "it has \(key.count) bytes, 32 are needed")
        }
        self.key = key
    }

    /// Seals `plaintext`; `context` is not hidden but must be the same on opening: say what the box is for, so that
    /// one box cannot stand in for another.
    package func seal(_ plaintext: [UInt8], context: [UInt8]) throws(KeysError) -> [UInt8] {
        let nonce = try Random.bytes(Self.nonceLength)
        let cipher = try Cipher()
        try key.withBytes { key throws(KeysError) in try cipher.start(.sealing, key: key, nonce: nonce) }
        try cipher.authenticate(context)
        let ciphertext = try cipher.transform(plaintext)
        return try nonce + ciphertext + cipher.finishSealing(tagLength: Self.tagLength)
    }

    /// What was sealed; an error when key, context or any byte is not that of the sealing.
    package func open(_ box: [UInt8], context: [UInt8]) throws(KeysError) -> [UInt8] {
        guard box.count >= Self.overhead else { throw KeysError("open sealed box", "\(box.count) bytes are too few") }
        let nonce = Array(box.prefix(Self.nonceLength))
        let cipher = try Cipher()
        try key.withBytes { key throws(KeysError) in try cipher.start(.opening, key: key, nonce: nonce) }
        try cipher.authenticate(context)
        var plaintext = try cipher.transform(Array(box.dropFirst(Self.nonceLength).dropLast(Self.tagLength)))
        guard cipher.finishOpening(tag: Array(box.suffix(Self.tagLength))) else {
            plaintext.wipe()
            throw KeysError("open sealed box", "key, context or bytes are not those of the sealing")
        }
        return plaintext
    }
}
