/// Arguments written in one text: words with blanks between. `'…'` and `"…"` keep what stands between them, blanks too, as
/// it is, and may stand within a word; nothing else means anything, for there is no shell.
package enum ArgumentText {
    package struct Fault: Error, Hashable, Sendable {
        package var problem: String
    }

    /// What stands for the address of the target, in Nagios' own spelling.
    package static let address = "$HOSTADDRESS$"
    package static let most = 100
    package static let longest = 8192

    package static func words(_ text: String) throws(Fault) -> [String] {
        guard text.utf8.count <= longest else { throw Fault(problem: "longer than \(longest) bytes") }
        var (words, word, quote): ([String], String?, Character?) = ([], nil, nil)
        for character in text {
            if character == "\0" { throw Fault(problem: "holds a zero byte") }
            if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let quote { throw Fault(problem: "a \(quote) is not closed") }
        if let word { words.append(word) }
        guard words.count <= most else { throw Fault(problem: "more than \(most) words") }
        for word in words {
            if let macro = macros(in: word).first(where: { $0 != address }) {
                throw Fault(problem: "\(macro) means nothing here; of the macros of Nagios there is \(address)")
            }
        }
        return words
    }

    /// The arguments for a target; this machine's own address where there is none.
    package static func filled(_ words: [String], for target: String) -> [String] {
        words.map { $0.replacing(address, with: target.isEmpty ? "127.0.0.1" : target) }
    }

    /// Pieces such as `$ARG1$`: a name of capital letters and digits between two dollars.
    private static func macros(in word: String) -> [Substring] {
        var (found, rest) = ([Substring](), word[...])
        while let start = rest.firstIndex(of: "$") {
            let name = rest[rest.index(after: start)...].prefix { $0.isASCII && ($0.isUppercase || $0.isNumber) }
            guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == "$" else {
                rest = rest[rest.index(after: start)...]
                continue
            }
            let end = rest.index(after: name.endIndex)
            found.append(rest[start..<end])
            rest = rest[end...]
        }
        return found
    }
}
