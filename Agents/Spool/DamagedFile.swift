internal import Glibc

/// A spool file that cannot be used, out of the way.
///
/// Only the newest is kept: a disk that damages files again and again must not be filled with them.
enum DamagedFile {
    static func name(for path: String) -> String { path + ".damaged" }

    static func moveAside(_ path: String) throws(SpoolError) {
        guard rename(path, name(for: path)) == 0 else {
            throw .stuck("\(path) to \(name(for: path)): \(String(cString: strerror(errno)))")
        }
        // The log belongs to the file: a new spool beside an old log would be read as damaged again.
        for suffix in ["-wal", "-shm"] where rename(path + suffix, name(for: path) + suffix) != 0 && errno != ENOENT {
            throw .stuck("\(path)\(suffix): \(String(cString: strerror(errno)))")
        }
    }
}
