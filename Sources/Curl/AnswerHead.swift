/// The header fields of the last answer of an exchange, gathered line by line as libcurl hands them out.
///
/// An earlier answer (a redirect, `100 Continue`, a proxy's) is forgotten when the next status line comes.
package struct AnswerHead: Hashable, Sendable {
    /// Beyond so many bytes of header lines further ones are left out.
    static let limit = 64 << 10

    package private(set) var headers: [Header] = []
    private var size = 0

    package init() {}

    package mutating func take(line bytes: some Collection<UInt8>) {
        Array(bytes).withUnsafeBytes { take(line: $0) }
    }

    /// Read where it lies: an answer has a dozen lines.
    package mutating func take(line bytes: UnsafeRawBufferPointer) {
        var end = bytes.count
        while end > 0, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        let line = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        guard let first = line.first else { return }
        if first == UInt8(ascii: "H"), line.starts(with: "HTTP/".utf8) {
            self = AnswerHead()
            return
        }
        size += line.count
        guard size <= Self.limit else { return }
        // A folded line (obsolete, but sent): it continues the field before it.
        if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
            guard let last = headers.indices.last else { return }
            headers[last].value += " " + Header.trimmed(line)
        } else if let header = Header(line: line) {
            headers.append(header)
        }
    }
}
