package import Curl

/// What a receiver says in its own words, for the record of a message: one line, cut, without anything invisible.
package enum AnswerWords {
    private static let limit = 200

    /// `: ` and the words; empty for a page meant for browsers and for an answer without words.
    package static func of(_ result: TransferResult) -> String {
        let kind = result.headers.values(of: "Content-Type").first?.lowercased() ?? "text/plain"
        guard !kind.hasPrefix("text/html"), !kind.hasPrefix("image/") else { return "" }
        let words = line(String(decoding: result.body.prefix(4 * limit), as: UTF8.self))
        return words.isEmpty ? "" : ": \(words)"
    }

    package static func line(_ text: String) -> String {
        let visible = text.unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: " "
            default: Character(scalar)
            }
        }
        let words = String(visible).split(separator: " ").joined(separator: " ")
        return words.count > limit ? words.prefix(limit) + "…" : words
    }
}
