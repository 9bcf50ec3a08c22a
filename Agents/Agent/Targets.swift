import ArgumentParser
import Glibc

/// The targets of a file, one a line, each with settings of its own where it has some: `gatekeeper-1 alias=8001`; what
/// follows a `#` is a remark.
struct Targets {
    struct Entry {
        var line: Int
        /// The whole line: what the answer is listed under.
        var text: String
        var target: String
        /// The words after the target.
        var settings: [String]
    }

    let entries: [Entry]

    /// `-` is the standard input.
    init(path: String) throws {
        var bytes: [UInt8] = []
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.refusal(path) }
        defer { if descriptor != 0 { close(descriptor) } }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.refusal(path) }
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        entries = Self.entries(of: bytes)
    }

    static func entries(of bytes: [UInt8]) -> [Entry] {
        var entries: [Entry] = []
        var (line, start) = (0, bytes.startIndex)
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            line += 1
            if let entry = entry(of: bytes[start..<end], line: line) { entries.append(entry) }
            start = end + 1
        }
        return entries
    }

    private static func entry(of bytes: ArraySlice<UInt8>, line: Int) -> Entry? {
        let text = bytes.prefix { $0 != UInt8(ascii: "#") }.drop(while: isBlank)
        let first = text.prefix { !isBlank($0) }
        guard !first.isEmpty else { return nil }
        let target = String(decoding: first, as: UTF8.self)
        let others = text[first.endIndex...].split(whereSeparator: isBlank)
        // Lists of tens of thousands are of one word a line.
        guard !others.isEmpty else { return Entry(line: line, text: target, target: target, settings: []) }
        let settings = others.map { String(decoding: $0, as: UTF8.self) }
        return Entry(
            line: line, text: ([target] + settings).joined(separator: " "), target: target, settings: settings)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    private static func refusal(_ path: String) -> ValidationError {
        ValidationError("\(path): \(String(cString: strerror(errno)))")
    }
}
