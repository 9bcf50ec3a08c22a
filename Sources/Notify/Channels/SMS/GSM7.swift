import Foundation

/// The alphabet of a short message (3GPP TS 23.038): what is outside makes the whole message three times as dear.
package enum GSM7 {
    /// Two of the 160 places each.
    private static let extended: Set<Character> = ["^", "{", "}", "[", "]", "~", "\\", "|"]

    /// How many of its places a folded text takes.
    package static func length(_ text: String) -> Int {
        text.reduce(0) { $0 + (extended.contains($1) ? 2 : 1) }
    }

    /// Without diacritics, on one line, nothing invisible: what is left is printable ASCII without a backtick.
    package static func folded(_ text: String) -> String {
        var result = ""
        for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar {
            case "đ": result += "d"
            case "Đ": result += "D"
            case "`", "´", "‘", "’", "′": result += "'"
            case "“", "”", "″", "«", "»": result += "\""
            case "–", "—", "‐", "−": result += "-"
            case "→": result += "->"
            case "·", "•": result += "*"
            case "×": result += "x"
            case " "..."~": result.unicodeScalars.append(scalar)
            case _ where scalar.properties.generalCategory == .nonspacingMark: break
            case _ where scalar.properties.isWhitespace || scalar.value < 0x20: result += " "
            case _ where scalar.properties.generalCategory == .format: break
            default: result += "?"
            }
        }
        return result.split(separator: " ").joined(separator: " ")
    }

    /// As much of a folded text as fits, with `..` where something is missing.
    package static func cut(_ text: String, to limit: Int) -> String {
        guard length(text) > limit else { return text }
        var (result, size) = ("", 2)
        for character in text {
            size += extended.contains(character) ? 2 : 1
            guard size <= limit else { break }
            result.append(character)
        }
        while result.last == " " { result.removeLast() }
        return limit < 2 ? "" : result + ".."
    }
}
