import Glibc

/// A small file of the state folder: whole or not there at all, mode 0600.
enum StateFile {
    static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw StateError(path: path) }
    }

    static func write(_ text: String, to path: String) throws {
        let temporary = "\(path).new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StateError(path: temporary) }
        defer { close(file) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw StateError(path: temporary) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0, rename(temporary, path) == 0 else { throw StateError(path: path) }
    }

    /// At most 64 KiB.
    static func read(_ path: String) throws -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw StateError(path: path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 64 << 10 {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw StateError(path: path) }
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What is wrong with a file of the state folder.
struct StateError: Error, CustomStringConvertible {
    var path: String
    var problem: String

    init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    /// In the operating system's words, from `errno`.
    init(path: String) {
        self.init(path: path, problem: String(cString: strerror(errno)))
    }

    var description: String { "\(path): \(problem)" }
}
