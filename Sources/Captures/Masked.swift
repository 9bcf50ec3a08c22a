/// Bytes of which some may not be shown.
package struct Masked: Hashable, Sendable {
    /// nil for each that is hidden.
    package private(set) var bytes: [UInt8?]

    /// Hides the secrets, and what header fields of HTTP and SIP say to let somebody in (RFC 9110, 11.6; RFC 6265).
    init(_ bytes: [UInt8], hiding secrets: [[UInt8]]) {
        self.bytes = bytes
        for secret in secrets where !secret.isEmpty && secret.count <= bytes.count {
            for start in 0...(bytes.count - secret.count)
            where bytes[start] == secret[0] && bytes[start..<start + secret.count].elementsEqual(secret) {
                hide(start..<start + secret.count)
            }
        }
        hideFields(of: bytes)
    }

    private static let hiddenFields = ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"]

    private mutating func hideFields(of bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.prefix(32).firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            guard Self.hiddenFields.contains(name) else { continue }
            let end = line.last == UInt8(ascii: "\r") ? line.endIndex - 1 : line.endIndex
            hide(min(colon + 1, end)..<end)
        }
    }

    private mutating func hide(_ range: Range<Int>) {
        for index in range { bytes[index] = nil }
    }

    /// As text, hidden bytes as `*`; what is no UTF-8 is replaced.
    package var text: String {
        String(decoding: bytes.map { $0 ?? UInt8(ascii: "*") }, as: UTF8.self)
    }

    /// Lower-case hexadecimal, hidden bytes as `**`.
    package var hexadecimal: String {
        bytes.map { byte in byte.map(Self.digits) ?? "**" }.joined()
    }

    /// The lines of what is text, else a dump of 16 bytes a line; of much the first part, and how much is left out.
    package var lines: [String] {
        isText ? textLines : dump
    }

    private static let mostLines = 64

    private var isText: Bool {
        let plain = bytes.map { $0 ?? UInt8(ascii: "*") }
        guard !plain.isEmpty, String(validating: plain, as: UTF8.self) != nil else { return false }
        return plain.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
    }

    private var textLines: [String] {
        var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
        if lines.last == "" { lines.removeLast() }
        guard lines.count > Self.mostLines else { return lines }
        return lines.prefix(Self.mostLines) + ["… \(lines.count - Self.mostLines) more lines"]
    }

    private var dump: [String] {
        let rows = stride(from: 0, to: min(bytes.count, 16 * Self.mostLines), by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            var digits = row.map { $0.map(Self.digits) ?? "**" }.joined(separator: " ")
            digits += String(repeating: " ", count: 47 - digits.utf8.count)
            let signs = row.map { byte in
                guard let byte else { return UInt8(ascii: "*") }
                return byte >= 0x20 && byte < 0x7f ? byte : UInt8(ascii: ".")
            }
            return "\(Self.digits(UInt8(start >> 8)))\(Self.digits(UInt8(start & 0xff)))  \(digits)  "
                + String(decoding: signs, as: UTF8.self)
        }
        let left = bytes.count - 16 * Self.mostLines
        return left > 0 ? rows + ["… \(left) more bytes"] : rows
    }

    private static func digits(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }
}
