/// A text taken apart from its front, byte by byte.
///
/// Bytes and not characters: a combining mark at the beginning of a forged name would melt into the blank before it,
/// and hide the words that are looked for.
struct ByteText {
    private(set) var rest: Substring.UTF8View

    init(_ text: Substring) {
        rest = text.utf8
    }

    var text: Substring { Substring(rest) }
    var isEmpty: Bool { rest.isEmpty }

    /// Takes these words off the front; false and unchanged when it begins otherwise.
    mutating func take(_ literal: String) -> Bool {
        guard rest.starts(with: literal.utf8) else { return false }
        rest = rest.dropFirst(literal.utf8.count)
        return true
    }

    /// Takes these words off the end.
    mutating func takeEnd(_ literal: String) -> Bool {
        guard rest.count >= literal.utf8.count, rest.suffix(literal.utf8.count).elementsEqual(literal.utf8) else {
            return false
        }
        rest = rest.dropLast(literal.utf8.count)
        return true
    }

    /// Everything up to the next of these, which is taken as well; nil and unchanged when there is none.
    mutating func take(upTo literal: String) -> Substring? {
        guard let place = Self.places(of: literal, in: rest).first else { return nil }
        let before = rest[..<place]
        rest = rest[rest.index(place, offsetBy: literal.utf8.count)...]
        return Substring(before)
    }

    /// What stands before and after the last of these.
    func halves(atLast literal: String) -> (before: Substring, after: Substring)? {
        guard let place = Self.places(of: literal, in: rest).last else { return nil }
        return (Substring(rest[..<place]), Substring(rest[rest.index(place, offsetBy: literal.utf8.count)...]))
    }

    mutating func skipBlanks() {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    mutating func takeWord() -> Substring {
        let word = rest.prefix { $0 != UInt8(ascii: " ") }
        rest = rest.dropFirst(word.count)
        return Substring(word)
    }

    /// A number in decimal digits, at most 18 of them.
    mutating func takeNumber() -> Int? {
        let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard (1...18).contains(digits.count), let number = Int(Substring(digits)) else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }

    private static func places(of literal: String, in text: Substring.UTF8View) -> [Substring.UTF8View.Index] {
        let wanted = Array(literal.utf8)
        guard let first = wanted.first else { return [] }
        var found: [Substring.UTF8View.Index] = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == first, text[index...].starts(with: wanted) { found.append(index) }
            text.formIndex(after: &index)
        }
        return found
    }
}

extension StringProtocol {
    /// At most so many bytes, cut between characters, with `…` where something was left out.
    func clipped(to bytes: Int) -> String {
        guard utf8.count > bytes else { return String(self) }
        let whole = String(self).utf8
        var end = whole.index(whole.startIndex, offsetBy: Swift.max(0, bytes - 3))
        while end > whole.startIndex, whole[end] & 0xC0 == 0x80 { end = whole.index(before: end) }
        return String(Substring(whole[..<end])) + "…"
    }
}
