/// A pattern over a whole text: `*` is anything, `{}` is anything and kept, all else stands for itself.
///
/// Each wildcard takes as little as it can; the last one takes what is left. Kept pieces are joined by a space. `\n` and
/// `\r` are the ends of lines.
package struct WildcardPattern: Hashable, Sendable {
    private enum Part: Hashable, Sendable {
        case literal([UInt8])
        case anything(isKept: Bool)
    }

    private static let escapes: [UInt8: UInt8] = [UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13]
    private var parts: [Part] = []

    /// Whether it keeps anything: one that does not is a condition.
    package var keeps: Bool { parts.contains(.anything(isKept: true)) }

    package init(_ text: some StringProtocol) {
        var literal: [UInt8] = []
        var bytes = Array(text.utf8)[...]
        func finish(_ parts: inout [Part]) {
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = []
        }
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "*") {
                finish(&parts)
                parts.append(.anything(isKept: false))
            } else if byte == UInt8(ascii: "{"), bytes.first == UInt8(ascii: "}") {
                bytes = bytes.dropFirst()
                finish(&parts)
                parts.append(.anything(isKept: true))
            } else if byte == UInt8(ascii: "\\"), let escaped = bytes.first, let meant = Self.escapes[escaped] {
                bytes = bytes.dropFirst()
                literal.append(meant)
            } else {
                literal.append(byte)
            }
        }
        finish(&parts)
    }

    /// What was kept, trimmed; empty when nothing is kept; nil when the text does not match.
    package func match(_ text: some StringProtocol) -> String? {
        let bytes = Array(text.utf8)
        var position = 0
        var kept: [String] = []
        var open: Bool?
        for (index, part) in parts.enumerated() {
            switch part {
            case .anything(let isKept):
                // Two wildcards in a row: the first takes nothing.
                if open == true { kept.append("") }
                open = isKept
            case .literal(let literal):
                // What stands last stands at the end, however often it comes before.
                let from =
                    index == parts.count - 1 && open != nil ? max(position, bytes.count - literal.count) : position
                guard let start = Self.find(literal, in: bytes, from: from, floats: open != nil) else { return nil }
                if open == true { kept.append(String(decoding: bytes[position..<start], as: UTF8.self)) }
                open = nil
                position = start + literal.count
            }
        }
        if let open {
            if open { kept.append(String(decoding: bytes[position...], as: UTF8.self)) }
        } else if position != bytes.count {
            return nil
        }
        return kept.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func find(_ literal: [UInt8], in bytes: [UInt8], from start: Int, floats: Bool) -> Int? {
        guard start + literal.count <= bytes.count else { return nil }
        let last = floats ? bytes.count - literal.count : start
        var place = start
        while place <= last {
            if bytes[place] == literal[0], bytes[place..<place + literal.count].elementsEqual(literal) { return place }
            place += 1
        }
        return nil
    }
}

extension StringProtocol {
    /// Without white space around it.
    package var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace || first == "\0" { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace || last == "\0" { rest = rest.dropLast() }
        return String(rest)
    }
}
