/// The name of an asset as files, paths and metrics bear it: lower-case letters, digits and hyphens, 63 at most.
package enum AssetName {
    package static let longest = 63

    package static func isGood(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= longest && name.utf8.first != hyphen && name.utf8.last != hyphen
            && name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
    }

    /// A name from what people call the thing: `Máy chủ 01` gives `may-chu-01`; empty when nothing of it is usable.
    package static func made(from text: String) -> String {
        var words: [String] = []
        for part in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let word = String(decoding: part.description.folded.utf8.filter(isLetterOrDigit), as: UTF8.self)
            if !word.isEmpty { words.append(word) }
        }
        return cut(words.joined(separator: "-"), to: longest)
    }

    /// `name`, `name-2`, `name-3` …
    static func numbered(_ name: String, _ number: Int) -> String {
        guard number > 1 else { return name }
        let suffix = "-\(number)"
        return cut(name, to: longest - suffix.utf8.count) + suffix
    }

    private static func cut(_ name: String, to length: Int) -> String {
        var cut = name.utf8.prefix(length)
        while cut.last == hyphen { cut.removeLast() }
        return String(decoding: Array(cut), as: UTF8.self)
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
