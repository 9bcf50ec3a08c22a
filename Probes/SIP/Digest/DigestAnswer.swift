package import Keys
package import SIPSettings

/// The answer to a challenge (RFC 7616, 3.4): the field to send, never the password.
package enum DigestAnswer {
    /// `Authorization: Digest …` or, to a proxy, `Proxy-Authorization: Digest …`. `cnonce` is ours, and new each time.
    /// Fails only when libcrypto has no such hash, as MD5 where the system forbids it.
    package static func field(
        to challenge: DigestChallenge, login: SIPLogin, method: String, uri: String, cnonce: String
    ) throws(KeysError) -> String {
        let count = "00000001"
        var first = try hash([login.user, challenge.realm, login.password], challenge.algorithm)
        if challenge.isSession { first = try hash([first, challenge.nonce, cnonce], challenge.algorithm) }
        let second = try hash([method, uri], challenge.algorithm)
        let parts =
            challenge.hasQuality
            ? [first, challenge.nonce, count, cnonce, "auth", second] : [first, challenge.nonce, second]
        let response = try hash(parts, challenge.algorithm)
        var field = challenge.isProxy ? "Proxy-Authorization: " : "Authorization: "
        field += "Digest username=\"\(escaped(login.user))\", realm=\"\(challenge.realm)\", "
        field += "nonce=\"\(challenge.nonce)\", uri=\"\(uri)\", response=\"\(response)\""
        if challenge.isAlgorithmNamed {
            field += ", algorithm=\(challenge.algorithm.name)\(challenge.isSession ? "-sess" : "")"
        }
        if challenge.hasQuality { field += ", qop=auth, nc=\(count), cnonce=\"\(cnonce)\"" }
        if let opaque = challenge.opaque { field += ", opaque=\"\(opaque)\"" }
        return field
    }

    private static func hash(_ parts: [String], _ algorithm: DigestChallenge.Algorithm) throws(KeysError) -> String {
        let bytes = Array(parts.joined(separator: ":").utf8)
        let function: HashFunction =
            switch algorithm {
            case .md5: .md5
            case .sha256: .sha256
            case .sha512Half: .sha512Half
            }
        return Hex.encode(try function.hash(bytes))
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if character == "\\" || character == "\"" { result.append("\\") }
            result.append(character)
        }
    }
}
