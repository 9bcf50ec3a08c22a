/// The header fields that a probe reads from a response (RFC 3261, 20); all others are passed over.
package enum SIPField: Sendable {
    case allow, callID, contact, contentLength, cseq, expires, proxyAuthenticate, retryAfter, server, userAgent, via
    case wwwAuthenticate

    /// The field of a name in any case, its compact form included (RFC 3261, 7.3.3); nil for one that nobody reads.
    init?(_ name: Slice<UnsafeBufferPointer<UInt8>>) {
        guard let first = name.first else { return nil }
        // The first letter decides between at most two candidates: most names are left after one comparison.
        switch (first | 0x20, name.count) {
        case (UInt8(ascii: "v"), 1), (UInt8(ascii: "v"), 3):
            guard name.count == 1 || name.isWord("via") else { return nil }
            self = .via
        case (UInt8(ascii: "c"), 4) where name.isWord("cseq"): self = .cseq
        case (UInt8(ascii: "c"), 7) where name.isWord("call-id"): self = .callID
        case (UInt8(ascii: "c"), 7) where name.isWord("contact"): self = .contact
        case (UInt8(ascii: "c"), 14) where name.isWord("content-length"): self = .contentLength
        case (UInt8(ascii: "i"), 1): self = .callID
        case (UInt8(ascii: "m"), 1): self = .contact
        case (UInt8(ascii: "l"), 1): self = .contentLength
        case (UInt8(ascii: "a"), 5) where name.isWord("allow"): self = .allow
        case (UInt8(ascii: "e"), 7) where name.isWord("expires"): self = .expires
        case (UInt8(ascii: "p"), 18) where name.isWord("proxy-authenticate"): self = .proxyAuthenticate
        case (UInt8(ascii: "r"), 11) where name.isWord("retry-after"): self = .retryAfter
        case (UInt8(ascii: "s"), 6) where name.isWord("server"): self = .server
        case (UInt8(ascii: "u"), 10) where name.isWord("user-agent"): self = .userAgent
        case (UInt8(ascii: "w"), 16) where name.isWord("www-authenticate"): self = .wwwAuthenticate
        default: return nil
        }
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// Whether it is that word, in any case; `word` is in lower case.
    fileprivate func isWord(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            word.count == count
                && zip(self, word).allSatisfy { $0 == $1 || ($0 &+ 0x20 == $1 && $0 >= 0x41 && $0 <= 0x5a) }
        }
    }
}
