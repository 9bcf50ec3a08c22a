import Mustache

/// Escapes text for HTML scalar by scalar.
///
/// The library's own escaping goes by grapheme: a quote followed by a combining mark is another character to it and
/// leaves an attribute unescaped. Every template begins with the pragma that puts this in its place.
struct EscapedMarkup: MustacheContentType {
    static let name = "ESCAPED_MARKUP"

    func escapeText(_ text: String) -> String {
        Self.escape(text)
    }

    static func escape(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            // Control characters have no place in HTML; overrides of direction make a name look like another.
            case "\t", "\n", "\r": result.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): result.append("\u{FFFD}")
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
