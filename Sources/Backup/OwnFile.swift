import Glibc
import Keys

/// Files that only their owner reads (0600): written new, flushed, and measured.
enum OwnFile {
    private static let piece = 1 << 20

    /// Writes a file that is not there yet.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let file = try create(path)
        defer { close(file) }
        try bytes.withUnsafeBytes { try put($0, into: file, at: path) }
        guard fsync(file) == 0 else { throw Paths.failure(path) }
    }

    /// Has what somebody else wrote survive a power cut.
    static func flush(_ path: String) throws {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { throw Paths.failure(path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw Paths.failure(path) }
    }

    /// Size and hash of a file.
    static func measure(_ path: String, as name: String) throws -> BackupManifest.File {
        try read(path, as: name) { _ in }
    }

    /// Copies a file into a new one; size and hash of what was copied.
    static func copy(_ path: String, to target: String, as name: String) throws -> BackupManifest.File {
        let file = try create(target)
        defer { close(file) }
        let measured = try read(path, as: name) { try put($0, into: file, at: target) }
        guard fsync(file) == 0 else { throw Paths.failure(target) }
        return measured
    }

    private static func read(
        _ path: String, as name: String, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> BackupManifest.File {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw errno == ENOENT ? BackupError(path, "is missing: the backup is incomplete") : Paths.failure(path)
        }
        defer { close(file) }
        let digest = try RunningDigest()
        var (buffer, size) = ([UInt8](repeating: 0, count: piece), 0)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Paths.failure(path) }
            if count == 0 { break }
            try buffer.withUnsafeBytes { bytes in
                let piece = UnsafeRawBufferPointer(rebasing: bytes.prefix(count))
                try digest.add(piece)
                try take(piece)
            }
            size += count
        }
        return BackupManifest.File(name: name, size: size, sha256: Hex.encode(try digest.finish()))
    }

    private static func create(_ path: String) throws -> Int32 {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Paths.failure(path) }
        return file
    }

    private static func put(_ bytes: UnsafeRawBufferPointer, into file: Int32, at path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Paths.failure(path) }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }
}
