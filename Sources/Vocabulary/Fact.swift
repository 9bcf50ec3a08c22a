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
        path.split(separator: "/", omittingEmptySubsequences: false).map { Self.unescape($0) }
    }

    private static func escape(_ segment: String) -> String {
        guard segment.contains(where: { $0 == "/" || $0 == "%" }) else { return segment }
        return segment.reduce(into: "") { result, character in
            switch character {
            case "/": result += "%2F"
            case "%": result += "%25"
            default: result.append(character)
            }
        }
    }

    private static func unescape(_ segment: Substring) -> String {
        guard segment.contains("%") else { return String(segment) }
        var result = ""
        var rest = segment
        while let character = rest.first {
            if rest.hasPrefix("%2F") {
                result.append("/")
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("%25") {
                result.append("%")
                rest = rest.dropFirst(3)
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
