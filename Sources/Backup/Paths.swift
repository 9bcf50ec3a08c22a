internal import CLinux
import Foundation
import Glibc

/// Names in the file system: whether there is something, and moving it in one step.
enum Paths {
    /// The path with links followed and without a slash at its end: what stands beside it has the same beginning.
    static func whole(_ path: String) -> String {
        let url = URL(fileURLWithPath: path)
        return url.deletingLastPathComponent().resolvingSymlinksInPath().appendingPathComponent(url.lastPathComponent)
            .resolvingSymlinksInPath().path
    }

    static func isTaken(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    static func remove(_ path: String) throws {
        guard unlink(path) == 0 else { throw failure(path) }
    }

    /// Puts a folder where nothing or an empty folder is.
    static func rename(_ path: String, to target: String) throws {
        guard Glibc.rename(path, target) == 0 else { throw failure(target) }
    }

    /// Lets two folders change places, in one step.
    static func exchange(_ path: String, with other: String) throws {
        guard linux_exchange(path, other) == 0 else {
            guard errno == EINVAL || errno == ENOSYS else { throw failure(other) }
            throw BackupError(
                other, "this file system cannot change two folders in one step: move the folder away and restore anew")
        }
    }

    static func failure(_ path: String) -> BackupError {
        BackupError(path, String(cString: strerror(errno)))
    }

    /// Has a name survive a power cut.
    static func flushParent(of path: String) throws {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(parent) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure(parent) }
    }
}
