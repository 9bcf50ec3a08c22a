import Authority
import Foundation
import Glibc

/// A folder on its way: it counts for nothing until it is finished and renamed, whoever dies meanwhile.
///
/// What is half done is thrown away by the next attempt. A folder of its name with a lock in it is no draft but the
/// state before a restore that was cut off at its last step: that stays.
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
            try empty(path)
            guard fchmod(folder, 0o700) == 0 else { throw Paths.failure(path) }
            try OwnFile.write([], to: "\(path)/\(mark)")
        } catch {
            close(folder)
            throw error
        }
        return folder
    }

    private static func empty(_ path: String) throws {
        guard !Paths.isTaken("\(path)/lock") else {
            throw BackupError(
                path, "a restore was cut off at its last step: this is the state that was before it, move it away")
        }
        guard try Set(FileManager.default.contentsOfDirectory(atPath: path)).isSubset(of: names) else {
            throw BackupError(path, "holds files that no backup has left there")
        }
        try removeFiles(in: path)
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

    /// All that a draft can hold. The mark goes last: until then it is known to be half done.
    private static let names: [String] = {
        let side = ["-journal", "-wal", "-shm"].map { BackupManifest.database + $0 }
        let drafts = AuthorityFiles.names.map { ".\($0).new" }
        return BackupManifest.files + side + drafts + [BackupManifest.name, mark]
    }()

    private static func removeFiles(in path: String) throws {
        for name in names where Paths.isTaken("\(path)/\(name)") { try Paths.remove("\(path)/\(name)") }
    }
}
