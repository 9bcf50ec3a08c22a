/// The SHA-256 of a public key (SubjectPublicKeyInfo, DER), written as libcurl pins it: `sha256//BASE64`.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes.
    package let bytes: [UInt8]

    /// nil unless there are 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Reads `sha256//BASE64`; nil for anything else.
    package init?(_ text: String) {
        guard text.hasPrefix("sha256//"), let bytes = Base64.standard.decode(text.dropFirst(8)) else { return nil }
        self.init(bytes: bytes)
    }

    init(publicKey der: [UInt8]) throws(KeysError) {
        bytes = try Digest.sha256(der)
    }

    package var description: String { "sha256//\(Base64.standard.encode(bytes))" }
}
