internal import Glibc

/// A file, folder or link that could not be read, with the system's `errno`.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var code: Int32

    package init(path: String, code: Int32) {
        self.path = path
        self.code = code
    }

    /// The caller lacks a right: what makes a blind spot of it.
    package var isRefused: Bool { code == EACCES || code == EPERM }

    /// There is no such thing, or no longer: what no blind spot is made of.
    package var isAbsent: Bool { code == ENOENT || code == ENOTDIR || code == ESRCH || code == ENODEV }

    package var description: String { "\(path): \(String(cString: strerror(code)))" }
}
