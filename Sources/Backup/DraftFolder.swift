import Authority
import Foundation
import Glibc

/// A folder on its way: it counts for nothing until it is finished and renamed, whoever dies meanwhile.
///
/// While its mark is in it, it may be thrown away; without it, it may be a state that was being put aside.
struct DraftFolder: ~Copyable {
    private static let mark = ".incomplete"

    let path: String
    private let descriptor: Int32

    /// Makes the folder (0700); what an earlier attempt left there half done is thrown away first.
    init(at path: String) throws {
        descriptor = try Self.take(path)
        self.path = path
    }

    private static func take(_ path: String) throws -> Int32 {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Paths.failure(path) }
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { throw Paths.failure(path) }
        do {
            // Whoever works in it holds it; the kernel lets go of it for the dead.
            guard flock(folder, LOCK_EX | LOCK_NB) == 0 else {
                throw BackupError(path, "another backup or restore is at work there")
            }
            guard fchmod(folder, 0o700) == 0 else { throw Paths.failure(path) }
            try empty(path)
            try OwnFile.write([], to: "\(path)/\(mark)")
        } catch {
            close(folder)
            throw error
        }
        return folder
    }

    private static func empty(_ path: String) throws {
        guard try isEmpty(path) || Paths.isTaken("\(path)/\(mark)") else {
            throw BackupError(
                path, "a backup or restore was cut off when all was done but its last renaming: move it away")
        }
        try removeFiles(in: path)
        guard try isEmpty(path) else { throw BackupError(path, "holds files that no backup has left there") }
    }

    deinit { close(descriptor) }

    /// Everything in it is on the disk; `place` gives it its name, or throws and leaves it where it is.
    func finish(_ place: (String) throws -> Void) throws {
        try Paths.remove("\(path)/\(Self.mark)")
        guard fsync(descriptor) == 0 else { throw Paths.failure(path) }
        do {
            try place(path)
        } catch {
            try OwnFile.write([], to: "\(path)/\(Self.mark)")
            throw error
        }
    }

    /// Throws away what is half done; what cannot be removed is left to the next attempt.
    func discard() {
        guard Paths.isTaken("\(path)/\(Self.mark)") else { return }
        do {
            try Self.removeFiles(in: path)
            rmdir(path)
        } catch {
            return
        }
    }

    private static func isEmpty(_ path: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: path).isEmpty
    }

    /// The mark goes last: until then what is left can be told from a state.
    private static func removeFiles(in path: String) throws {
        let database = BackupManifest.database
        let side = ["-journal", "-wal", "-shm"].map { database + $0 }
        let names = BackupManifest.files + side + AuthorityFiles.names.map { ".\($0).new" } + [BackupManifest.name]
        for name in names + [mark] where Paths.isTaken("\(path)/\(name)") { try Paths.remove("\(path)/\(name)") }
    }
}
