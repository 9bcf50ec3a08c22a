import Glibc

/// The right to work on a state folder: one program at a time, for as long as the value lives.
///
/// The kernel takes it back when its holder ends, however that ends; the file stays and says who held it last.
package final class StateLock: Sendable {
    private static let name = "lock"
    private let descriptor: Int32

    /// Takes the lock of `folder`, making the folder (0700) where it is missing; its parent must be there.
    ///
    /// `holder` is what whoever comes second is told, e.g. `haidang-collector`.
    package init(folder: String, holder: String) throws(StateLockError) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw StateLockError(path: folder, problem: "cannot be made: \(String(cString: strerror(errno)))")
        }
        let path = "\(folder)/\(Self.name)"
        let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StateLockError(path: path, problem: String(cString: strerror(errno))) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let problem = errno
            let words = Self.words(in: file)
            close(file)
            guard problem == EAGAIN else {
                throw StateLockError(path: path, problem: String(cString: strerror(problem)))
            }
            throw StateLockError(path: folder, problem: "\(words) works on this folder: stop it first")
        }
        descriptor = file
        write(holder)
    }

    deinit { close(descriptor) }

    /// Says who holds it. On a full disk nobody is told, and the lock holds all the same.
    private func write(_ holder: String) {
        let text = Array("\(holder) (process \(getpid()))".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func words(in file: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = buffer.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : "another program"
    }
}

/// Why a state folder cannot be worked on.
package struct StateLockError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var problem: String

    package var description: String { "\(path): \(problem)" }
}
