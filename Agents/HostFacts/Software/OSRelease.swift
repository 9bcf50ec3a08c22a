internal import ProcFS

/// The assignments of `/etc/os-release` (os-release(5)): shell quoting, no expansion.
package enum OSRelease {
    package static func parse(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.lines {
            guard !line.hasPrefix("#"), let (key, value) = line.trimmed.halves(at: "="), !key.isEmpty else { continue }
            values[String(key)] = unquoted(value)
        }
        return values
    }

    private static func unquoted(_ text: Substring) -> String {
        var rest = text
        var isSingle = false
        if let quote = rest.first, quote == "\"" || quote == "'" {
            isSingle = quote == "'"
            rest = rest.dropFirst()
            // What follows the closing quote on the line is not part of the value; a missing one is forgiven.
            if rest.last == quote { rest = rest.dropLast() }
        }
        guard !isSingle, rest.utf8.contains(UInt8(ascii: "\\")) else { return String(rest) }
        var result = ""
        var isEscaped = false
        for character in rest {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }
}
