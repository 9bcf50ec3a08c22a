import Keys

/// What a server asks for before it answers (RFC 7616, 3.3; RFC 2617 where it is older).
package struct DigestChallenge: Hashable, Sendable {
    package enum Algorithm: Int, Hashable, Comparable, Sendable {
        case md5, sha256, sha512Half

        package static func < (first: Algorithm, second: Algorithm) -> Bool { first.rawValue < second.rawValue }

        var name: String {
            switch self {
            case .md5: "MD5"
            case .sha256: "SHA-256"
            case .sha512Half: "SHA-512-256"
            }
        }
    }

    package var realm: String
    package var nonce: String
    package var opaque: String?
    package var algorithm: Algorithm
    /// `MD5` need not be named, and a server that did not name it may not know it by name.
    package var isAlgorithmNamed: Bool
    /// The first hash is hashed again with both nonces (`…-sess`).
    package var isSession: Bool
    /// `qop=auth`; without any the answer is the older, shorter one.
    package var hasQuality: Bool
    /// The password was right, and only the nonce too old.
    package var isStale: Bool
    /// It came from a proxy (407), and is answered under another name.
    package var isProxy: Bool

    /// Reads `Digest realm="…", nonce="…", …`; nil for another scheme, an unknown algorithm, or a quality other than
    /// `auth`, which nothing here could answer.
    package init?(_ text: String, isProxy: Bool) {
        let bytes = Array(text.utf8)[...]
        let scheme = bytes.prefix { $0 > 0x20 }
        guard Parameters.isWord(scheme, "digest") else { return nil }
        let values = Self.parameters(bytes.dropFirst(scheme.count))
        guard let realm = values["realm"], let nonce = values["nonce"], !nonce.isEmpty else { return nil }
        self.realm = realm
        self.nonce = nonce
        self.isProxy = isProxy
        opaque = values["opaque"]
        isStale = values["stale"]?.lowercased() == "true"
        var name = (values["algorithm"] ?? "MD5").lowercased()
        isAlgorithmNamed = values["algorithm"] != nil
        isSession = name.hasSuffix("-sess")
        if isSession { name.removeLast(5) }
        switch name {
        case "md5": algorithm = .md5
        case "sha-256": algorithm = .sha256
        case "sha-512-256": algorithm = .sha512Half
        default: return nil
        }
        let qualities = values["qop"].map { $0.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" } }
        hasQuality = qualities != nil
        if let qualities, !qualities.contains("auth") { return nil }
    }

    /// The strongest challenge of a 401 or 407 that can be answered; nil when there is none.
    package static func strongest(in response: SIPResponse) -> DigestChallenge? {
        let server = response.values(.wwwAuthenticate).compactMap { DigestChallenge($0, isProxy: false) }
        let proxy = response.values(.proxyAuthenticate).compactMap { DigestChallenge($0, isProxy: true) }
        return (response.status == 407 ? proxy : server).max { $0.algorithm < $1.algorithm }
    }

    /// `name=value, name="value"`; the first of a name counts. Names are in lower case, quotes are taken off.
    private static func parameters(_ bytes: ArraySlice<UInt8>) -> [String: String] {
        var values: [String: String] = [:]
        var rest = bytes
        while values.count < 32 {
            rest = rest.drop { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ",") && $0 > 0x20 }
            guard !name.isEmpty else { break }
            rest = rest.dropFirst(name.count).drop { $0 <= 0x20 }
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst().drop { $0 <= 0x20 }
            let value: ArraySlice<UInt8>
            if rest.first == UInt8(ascii: "\"") {
                rest = rest.dropFirst()
                value = quoted(rest)
                rest = rest.dropFirst(value.count + 1)
            } else {
                value = rest.prefix { $0 != UInt8(ascii: ",") && $0 > 0x20 }
                rest = rest.dropFirst(value.count)
            }
            let key = String(decoding: name, as: UTF8.self).lowercased()
            if values[key] == nil { values[key] = String(decoding: value, as: UTF8.self) }
        }
        return values
    }

    /// What stands before the closing quote, escapes and all: they are hashed as they came (RFC 7616, 3.4: unq).
    private static func quoted(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var isEscaped = false
        return bytes.prefix { byte in
            if isEscaped {
                isEscaped = false
                return true
            }
            isEscaped = byte == UInt8(ascii: "\\")
            return byte != UInt8(ascii: "\"")
        }
    }
}
