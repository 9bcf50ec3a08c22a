/// Text to look for in what a server says: as it stands, byte for byte, or between slashes a regular expression
/// (POSIX, extended), with `/…/i` for either case of ASCII letters.
package struct Pattern: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    package let description: String
    private let expression: Expression?

    package init(_ text: String) throws(PatternFault) {
        guard !text.isEmpty else { throw PatternFault("is empty: everything holds nothing") }
        description = text
        let ignoresCase = text.hasSuffix("/i")
        let whole = ignoresCase ? text.dropLast() : text[...]
        guard whole.utf8.count > 2, whole.hasPrefix("/"), whole.hasSuffix("/") else {
            expression = nil
            return
        }
        expression = try Expression(String(whole.dropFirst().dropLast()), ignoresCase: ignoresCase)
    }

    /// Whether the bytes hold it somewhere. Of bytes that are not UTF-8 each counts as a character.
    package func matches(_ bytes: [UInt8]) -> Bool {
        expression?.matches(bytes) ?? bytes.holds(Array(description.utf8))
    }

    package func matches(_ text: String) -> Bool {
        matches(Array(text.utf8))
    }
}

/// Why a text is no pattern.
package struct PatternFault: Error, Hashable, Sendable {
    package var problem: String

    package init(_ problem: String) {
        self.problem = problem
    }
}

extension [UInt8] {
    /// Whether these bytes stand somewhere in it.
    package func holds(_ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first else { return true }
        var rest = self[...]
        while let place = rest.firstIndex(of: first) {
            if rest[place...].starts(with: wanted) { return true }
            rest = rest[(place + 1)...]
        }
        return false
    }
}
