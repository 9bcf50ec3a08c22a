package import Keys

/// What an administrator pastes into a new agent: where the collector is, how to know it, and the right to enrol.
///
/// Text form, one line: `hd1.` and, in Base64url, 32 bytes of the fingerprint, 16 of the secret, the address in UTF-8
/// and a CRC-32 of all before it, most significant byte first.
package struct EnrolmentToken: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The collector's agents' port, e.g. `https://collector.example:8444`.
    package let address: String
    /// Of the collector's key: the agent talks to nobody else, whatever the name resolves to.
    package let fingerprint: Fingerprint
    /// 128 random bits. Only their hash is meant to be stored.
    private let secretBytes: [UInt8]

    private static let prefix = "hd1."
    private static let longest = 800

    /// A new token with a fresh secret. `address` must be `https://HOST:PORT` without a path.
    package init(address: String, fingerprint: Fingerprint) throws(EnrolmentTokenError) {
        guard Self.isAddress(address) else { throw .badAddress }
        do {
            secretBytes = try Random.bytes(16)
        } catch {
            throw .noRandomness(error)
        }
        self.address = address
        self.fingerprint = fingerprint
    }

    /// Reads a pasted token; blanks and line breaks around or inside it, as terminals add them, do no harm.
    package init(_ text: String) throws(EnrolmentTokenError) {
        guard text.utf8.count <= Self.longest else { throw .notAToken }
        let text = String(text.filter { !$0.isWhitespace })
        guard text.hasPrefix(Self.prefix) else { throw .notAToken }
        guard let bytes = Base64.url.decode(text.dropFirst(Self.prefix.count)) else { throw .damaged }
        guard bytes.count > 52, Array(bytes.suffix(4)) == Self.checksum(bytes.dropLast(4)) else { throw .damaged }
        guard let fingerprint = Fingerprint(bytes: Array(bytes.prefix(32))),
            let address = String(validating: bytes.dropFirst(48).dropLast(4), as: UTF8.self)
        else { throw .damaged }
        guard Self.isAddress(address) else { throw .badAddress }
        self.address = address
        self.fingerprint = fingerprint
        secretBytes = Array(bytes.dropFirst(32).prefix(16))
    }

    /// The token as people paste it. It holds the secret: show it once.
    package var text: String {
        let body = fingerprint.bytes + secretBytes + Array(address.utf8)
        return Self.prefix + Base64.url.encode(body + Self.checksum(body[...]))
    }

    /// For logs: without the secret.
    package var description: String { "token to enrol at \(address)" }

    package var debugDescription: String { description }

    /// The secret as it is sent in the request to enrol: 32 hexadecimal digits.
    package var secret: String { Hex.encode(secretBytes) }

    /// What is stored of a secret, and what a sent one is looked up by: its SHA-256 in hexadecimal.
    package static func hash(ofSecret secret: String) throws(KeysError) -> String {
        Hex.encode(try Digest.sha256(Array(secret.utf8)))
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let sum = CRC32.checksum(bytes)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) }
    }

    /// Whether this is `https://`, a host and a port and nothing else.
    private static func isAddress(_ text: String) -> Bool {
        let scheme = "https://"
        guard text.hasPrefix(scheme), text.utf8.count <= 300 else { return false }
        let rest = text.dropFirst(scheme.count)
        guard let colon = rest.lastIndex(of: ":") else { return false }
        let (host, port) = (rest[..<colon], rest[rest.index(after: colon)...])
        guard let number = UInt16(port), number > 0, String(number) == port else { return false }
        if host.hasPrefix("["), host.hasSuffix("]") {
            return AlternativeNames.addressBytes(String(host.dropFirst().dropLast()))?.count == 16
        }
        return !host.isEmpty && !host.hasPrefix("-") && host.utf8.allSatisfy(isHostByte)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
