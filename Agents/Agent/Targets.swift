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
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().compactMap {
            index, line in
            let text = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
            let words = text.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let target = words.first else { return nil }
            return Entry(
                line: index + 1, text: words.joined(separator: " "), target: String(target),
                settings: words.dropFirst().map(String.init))
        }
    }

    private static func refusal(_ path: String) -> ValidationError {
        ValidationError("\(path): \(String(cString: strerror(errno)))")
    }
}
