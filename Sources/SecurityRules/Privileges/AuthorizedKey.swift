/// A line of an authorized_keys file (sshd(8)).
package struct AuthorizedKey: Hashable, Sendable {
    /// e.g. `ssh-ed25519`.
    package var type: String
    /// The key in Base64.
    package var key: String
    package var comment: String
    /// What stands before the key, e.g. `command="…"`.
    package var options: String

    /// Nil for an empty line, a comment and what is no key.
    package init?(parsing line: Substring) {
        var words: [(text: Substring, isQuoted: Bool)] = []
        var start: Substring.UTF8View.Index?
        var isInQuotes = false
        var hasQuotes = false
        let bytes = line.utf8
        var index = bytes.startIndex
        var isEscaped = false
        func end(at place: Substring.UTF8View.Index) {
            if let begun = start { words.append((Substring(bytes[begun..<place]), hasQuotes)) }
            start = nil
            hasQuotes = false
        }
        while index < bytes.endIndex {
            let byte = bytes[index]
            if !isInQuotes, byte == 0x20 || byte == 0x09 || byte == 0x0D {
                end(at: index)
            } else {
                if start == nil { start = index }
                if byte == UInt8(ascii: "\""), !isEscaped {
                    isInQuotes.toggle()
                    hasQuotes = true
                }
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            bytes.formIndex(after: &index)
        }
        end(at: bytes.endIndex)
        guard let first = words.first, first.text.utf8.first != UInt8(ascii: "#") else { return nil }
        // Type and key stand at the front, or after one word of options.
        let place = Self.isType(first.text) ? 0 : 1
        guard words.count > place + 1, Self.isType(words[place].text), Self.isKey(words[place + 1].text) else {
            return nil
        }
        type = String(words[place].text)
        key = String(words[place + 1].text)
        comment = words.dropFirst(place + 2).map { String($0.text) }.joined(separator: " ")
        options = place == 1 ? String(first.text) : ""
    }

    private static func isType(_ word: Substring) -> Bool {
        ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"].contains { word.utf8.starts(with: $0.utf8) }
    }

    private static func isKey(_ word: Substring) -> Bool {
        word.utf8.count >= 32
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
                    true
                default: false
                }
            }
    }
}
