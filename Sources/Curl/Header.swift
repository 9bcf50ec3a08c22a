/// A header field of a request or an answer.
package struct Header: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The field of a header line without its line end; nil when it is none. Bytes that are not UTF-8 are replaced.
    init?(line: some Collection<UInt8>) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon != line.startIndex else { return nil }
        name = String(decoding: line[..<colon], as: UTF8.self)
        value = Self.trimmed(line[line.index(after: colon)...])
    }

    static func trimmed(_ bytes: some Collection<UInt8>) -> String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var bytes = Array(bytes.drop(while: isBlank))
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether it can be sent without becoming something else: the name is a token (RFC 9110, 5.6.2), the value one line.
    package var isSound: Bool {
        !name.isEmpty && name.utf8.allSatisfy { Self.tokenBytes.contains($0) }
            && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
    }

    /// Names are the same whatever the case of their letters.
    package func isNamed(_ wanted: String) -> Bool {
        let (name, wanted) = (name.utf8, wanted.utf8)
        return name.count == wanted.count
            && zip(name, wanted).allSatisfy { one, other in
                one == other || one ^ other == 0x20 && (0x61...0x7a).contains(one | 0x20)
            }
    }

    static let tokenBytes = Set(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
}

extension [Header] {
    /// The values of the fields of that name, whatever its case.
    package func values(of name: String) -> [String] {
        compactMap { $0.isNamed(name) ? $0.value : nil }
    }
}
