/// One attribute of an asset as a source saw it, e.g. `os/kernel` = `6.1.0-18-amd64`.
///
/// The path is segments joined by `/`; a `/` or `%` inside a segment is written `%2F` or `%25`.
package struct Fact: Hashable, Sendable {
    package var path: String
    package var value: String

    package init(_ segments: String..., value: String) {
        self.path = segments.map(Self.escape).joined(separator: "/")
        self.value = value
    }

    /// Takes the path as it stands: what the wire or the store carried.
    package init(path: String, value: String) {
        self.path = path
        self.value = value
    }

    /// The segments of the path, unescaped.
    package var segments: [String] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Self.unescape($0) }
    }

    // By bytes: a segment may begin with a combining mark, and then makes one character with the "/" before it.

    private static func escape(_ segment: String) -> String {
        guard segment.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }) else {
            return segment
        }
        var result: [UInt8] = []
        for byte in segment.utf8 {
            switch byte {
            case UInt8(ascii: "/"): result += "%2F".utf8
            case UInt8(ascii: "%"): result += "%25".utf8
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func unescape(_ segment: Substring.UTF8View) -> String {
        guard segment.contains(UInt8(ascii: "%")) else { return String(decoding: segment, as: UTF8.self) }
        var result: [UInt8] = []
        var rest = segment
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.starts(with: "2F".utf8) {
                result.append(UInt8(ascii: "/"))
                rest = rest.dropFirst(2)
            } else if byte == UInt8(ascii: "%"), rest.starts(with: "25".utf8) {
                result.append(UInt8(ascii: "%"))
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
