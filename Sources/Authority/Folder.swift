import Glibc

/// An open folder whose files are written whole or not at all; everything is named relative to its descriptor.
struct Folder: ~Copyable {
    let path: String
    private let descriptor: Int32

    /// Opens a folder, making it (0700) when it is missing; its parent must be there.
    init(making path: String) throws(AuthorityError) {
        let isMade = mkdir(path, 0o700) == 0 || errno == EEXIST
        guard isMade else { throw AuthorityError(path, "cannot be made: \(lastError())") }
        self.init(path: path, descriptor: try Self.open(AT_FDCWD, path, at: path))
    }

    private init(_ name: String, in folder: borrowing Folder) throws(AuthorityError) {
        let path = folder.path(of: name)
        self.init(path: path, descriptor: try Self.open(folder.descriptor, name, at: path))
    }

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    private static func open(_ base: Int32, _ name: String, at path: String) throws(AuthorityError) -> Int32 {
        let descriptor = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw AuthorityError(path, "cannot be opened: \(lastError())") }
        return descriptor
    }

    private func path(of name: String) -> String { path + "/" + name }

    /// Waits until no other process works in the folder; ends with this value.
    func lock() throws(AuthorityError) {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw AuthorityError(path, "cannot be locked: \(lastError())") }
        }
    }

    /// The permission bits of the folder itself.
    func mode() throws(AuthorityError) -> mode_t {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw AuthorityError(path, lastError()) }
        return status.st_mode & 0o7777
    }

    func setMode(_ mode: mode_t) throws(AuthorityError) {
        guard fchmod(descriptor, mode) == 0 else { throw AuthorityError(path, lastError()) }
    }

    func holds(_ name: String) throws(AuthorityError) -> Bool {
        var status = stat()
        if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return true }
        guard errno == ENOENT else { throw AuthorityError(path(of: name), lastError()) }
        return false
    }

    func folder(_ name: String) throws(AuthorityError) -> Folder { try Folder(name, in: self) }

    func makeFolder(_ name: String) throws(AuthorityError) -> Folder {
        guard mkdirat(descriptor, name, 0o700) == 0 else { throw AuthorityError(path(of: name), lastError()) }
        return try Folder(name, in: self)
    }

    func removeFolder(_ name: String) throws(AuthorityError) {
        guard unlinkat(descriptor, name, AT_REMOVEDIR) == 0 else { throw AuthorityError(path(of: name), lastError()) }
    }

    func remove(_ name: String) throws(AuthorityError) {
        guard unlinkat(descriptor, name, 0) == 0 else { throw AuthorityError(path(of: name), lastError()) }
    }

    /// Renames within the folder, in one step and over what has the name.
    func rename(_ name: String, to newName: String) throws(AuthorityError) {
        guard renameat(descriptor, name, descriptor, newName) == 0 else {
            throw AuthorityError(path(of: newName), lastError())
        }
    }

    func move(_ name: String, to other: borrowing Folder) throws(AuthorityError) {
        guard renameat(descriptor, name, other.descriptor, name) == 0 else {
            throw AuthorityError(other.path(of: name), lastError())
        }
    }

    /// Has the names in the folder survive a power cut.
    func sync() throws(AuthorityError) {
        guard fsync(descriptor) == 0 else { throw AuthorityError(path, lastError()) }
    }

    /// Writes a file whole (0600): beside its place, flushed, then renamed over what is there.
    func write(_ bytes: borrowing [UInt8], to name: String) throws(AuthorityError) {
        let draft = ".\(name).new"
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let file = openat(descriptor, draft, flags, 0o600)
        guard file >= 0 else { throw AuthorityError(path(of: draft), lastError()) }
        do throws(AuthorityError) {
            defer { close(file) }
            try fill(file, bytes, draft)
        } catch {
            unlinkat(descriptor, draft, 0)
            throw error
        }
        try rename(draft, to: name)
        try sync()
    }

    private func fill(_ file: Int32, _ bytes: borrowing [UInt8], _ name: String) throws(AuthorityError) {
        guard fchmod(file, 0o600) == 0 else { throw AuthorityError(path(of: name), lastError()) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress?.advanced(by: done), $0.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AuthorityError(path(of: name), "cannot be written: \(lastError())") }
            done += count
        }
        guard fsync(file) == 0 else { throw AuthorityError(path(of: name), "cannot be flushed: \(lastError())") }
    }

    /// Reads a file of at most 64 KiB; with `isSecret`, one that others may read or write is refused.
    func read(_ name: String, isSecret: Bool) throws(AuthorityError) -> [UInt8] {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            throw AuthorityError(path(of: name), errno == ENOENT ? "is missing" : "cannot be read: \(lastError())")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw AuthorityError(path(of: name), lastError()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw AuthorityError(path(of: name), "is no regular file") }
        guard !isSecret || status.st_mode & 0o077 == 0 else {
            throw AuthorityError(path(of: name), "can be used by others (mode \(octal(status.st_mode))): chmod 600 it")
        }
        guard (0...1 << 16).contains(status.st_size) else { throw AuthorityError(path(of: name), "is too large") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw AuthorityError(path(of: name), "cannot be read whole") }
            done += count
        }
        return bytes
    }
}

func octal(_ mode: mode_t) -> String { String(mode & 0o7777, radix: 8) }

private func lastError() -> String { String(cString: strerror(errno)) }
