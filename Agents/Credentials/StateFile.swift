internal import Glibc

/// A small file of the state folder: whole or not there at all, mode 0600, and the folder's owner's: root enrols, and
/// the service reads.
package enum StateFile {
    package static func makeFolder(_ path: String) throws(StateError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw StateError(path: path) }
    }

    package static func write(_ text: String, to path: String) throws(StateError) {
        let temporary = "\(path).new"
        // Never through what lies there: it may be open, or a link.
        guard unlink(temporary) == 0 || errno == ENOENT else { throw StateError(path: temporary) }
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StateError(path: temporary) }
        defer { close(file) }
        try giveToOwner(of: folder(of: path), file, temporary)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw StateError(path: temporary) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0, rename(temporary, path) == 0 else { throw StateError(path: path) }
        try syncFolder(folder(of: path))
    }

    /// At most 64 KiB.
    package static func read(_ path: String) throws(StateError) -> String {
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

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func giveToOwner(of folder: String, _ file: Int32, _ path: String) throws(StateError) {
        guard geteuid() == 0 else { return }
        var status = stat()
        guard stat(folder, &status) == 0 else { throw StateError(path: folder) }
        guard fchown(file, status.st_uid, status.st_gid) == 0 else { throw StateError(path: path) }
    }

    /// Has the new name survive a power cut.
    private static func syncFolder(_ path: String) throws(StateError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw StateError(path: path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw StateError(path: path) }
    }
}

/// What is wrong with a file of the state folder.
package struct StateError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var problem: String

    package init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    /// In the operating system's words, from `errno`.
    package init(path: String) {
        self.init(path: path, problem: String(cString: strerror(errno)))
    }

    package var description: String { "\(path): \(problem)" }
}
