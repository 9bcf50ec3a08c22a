package import ProbeSettings

/// A domain name as its labels, each of 1 to 63 bytes, 255 in all as the wire has them (RFC 1035, 3.1).
package struct DNSName: Hashable, Sendable, CustomStringConvertible {
    /// Without the root, which is empty.
    package var labels: [[UInt8]]

    package init(labels: [[UInt8]]) {
        self.labels = labels
    }

    /// As people write it, with or without the last dot; `.` is the root.
    package init(_ text: String, key: String) throws(SettingsError) {
        labels = []
        let plain = text.hasSuffix(".") ? text.dropLast() : text[...]
        guard !plain.isEmpty else {
            guard text == "." else { throw SettingsError(key: key, problem: "is empty") }
            return
        }
        labels = plain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { Array($0) }
        let isSound = labels.allSatisfy { label in
            (1...63).contains(label.count) && label.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }
        }
        guard isSound, wireLength <= 255 else {
            throw SettingsError(
                key: key, problem: "\"\(text)\" is no domain name; letters beyond ASCII are written as xn--…")
        }
    }

    package var wireLength: Int { labels.reduce(1) { $0 + $1.count + 1 } }

    /// Lower-case, with the last dot; bytes that are no plain letters as `\ddd` (RFC 1035, 5.1).
    package var description: String {
        guard !labels.isEmpty else { return "." }
        return labels.map { label in
            label.reduce(into: "") { text, byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): text.unicodeScalars.append(Unicode.Scalar(byte + 32))
                case UInt8(ascii: "."), UInt8(ascii: "\\"): text += "\\" + String(Unicode.Scalar(byte))
                case 0x21...0x7e: text.unicodeScalars.append(Unicode.Scalar(byte))
                default:
                    let digits = String(byte)
                    text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
                }
            } + "."
        }.joined()
    }

    /// Names are the same whatever the case of their letters (RFC 4343).
    package func isSame(as other: DNSName) -> Bool { description == other.description }
}
