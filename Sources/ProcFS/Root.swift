internal import Glibc

/// The folder under which `/proc`, `/sys`, `/etc` and `/var` are read: `/`, or a recorded tree.
///
/// Paths are given from the root, with a leading slash, as errors then show them.
package struct Root: Hashable, Sendable {
    /// What stands before every path; empty for `/`.
    private let prefix: String

    package init(_ path: String = "/") {
        prefix = path.last == "/" ? String(path.dropLast()) : path
    }

    /// The path as this process opens it.
    package func absolute(_ path: String) -> String { prefix + path }

    /// A whole file, or its beginning where `isEnough` says of a piece that no more is needed; one that is larger than
    /// `limit` bytes is refused with `EFBIG`.
    package func bytes(
        _ path: String, limit: Int = 64 << 20, isEnough: (_ piece: [UInt8]) -> Bool = { _ in false }
    ) throws(FileError) -> [UInt8] {
        let descriptor = open(absolute(path), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        defer { close(descriptor) }
        var result: [UInt8] = []
        // Files of /proc have no size to ask for; most of them fit in one page.
        var room = 4096
        while true {
            var code: Int32 = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0 { code = errno }
                filled = max(0, count)
            }
            if code == EINTR { continue }
            guard code == 0 else { throw FileError(path: path, code: code) }
            guard !chunk.isEmpty else { return result }
            guard result.count + chunk.count <= limit else { throw FileError(path: path, code: EFBIG) }
            if result.isEmpty { result = chunk } else { result += chunk }
            if isEnough(chunk) { return result }
            room = min(1 << 20, room * 2)
        }
    }

    /// A whole file as text; bytes that are not UTF-8 become U+FFFD.
    package func text(_ path: String, limit: Int = 64 << 20) throws(FileError) -> String {
        String(decoding: try bytes(path, limit: limit), as: UTF8.self)
    }

    /// The names in a folder, without `.` and `..`, sorted.
    package func names(_ path: String) throws(FileError) -> [String] {
        guard let folder = opendir(absolute(path)) else { throw FileError(path: path, code: errno) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Where a symbolic link points, as it stands.
    package func link(_ path: String) throws(FileError) -> String {
        var code: Int32 = 0
        let target = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, filled in
            let count = buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { readlink(absolute(path), $0, text.count) } ?? 0
            }
            if count < 0 { code = errno }
            filled = max(0, count)
        }
        guard code == 0 else { throw FileError(path: path, code: code) }
        return String(decoding: target, as: UTF8.self)
    }

    /// Whether there is something at that path, after following links.
    package func exists(_ path: String) -> Bool {
        access(absolute(path), F_OK) == 0
    }

    /// What changes when a file is written or replaced.
    package func stamp(_ path: String) throws(FileError) -> Stamp {
        var status = stat()
        guard stat(absolute(path), &status) == 0 else { throw FileError(path: path, code: errno) }
        return Stamp(
            seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int64(status.st_mtim.tv_nsec),
            bytes: Int64(status.st_size), inode: UInt64(status.st_ino))
    }

    /// The version of a file: two equal stamps mean the same content.
    package struct Stamp: Hashable, Sendable {
        package var seconds: Int64
        package var nanoseconds: Int64
        package var bytes: Int64
        package var inode: UInt64
    }
}
