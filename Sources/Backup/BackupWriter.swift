import Authority
import Foundation
import Storage
package import Vocabulary

/// Copies a collector's state into a new folder, while it works.
package struct BackupWriter: Sendable {
    private let state: String
    private let program: String

    /// `program` is the version of the program that writes.
    package init(state: String, program: String) {
        self.state = state
        self.program = program
    }

    /// Writes beside `target` and puts it there when it is whole and was read once from end to end.
    package func write(to target: String, at now: Instant) throws -> BackupManifest {
        let database = "\(state)/\(BackupManifest.database)"
        guard FileManager.default.fileExists(atPath: database) else {
            throw BackupError(state, "holds no collector's state: there is no \(BackupManifest.database)")
        }
        let target = Paths.whole(target)
        guard !Paths.isTaken(target) else {
            throw BackupError(target, "is there already: a backup is always a new folder")
        }
        let draft = try DraftFolder(at: "\(target).incomplete")
        do {
            let manifest = try fill(draft.path, from: database, at: now)
            try draft.finish { try Paths.rename($0, to: target) }
            try Paths.flushParent(of: target)
            return manifest
        } catch {
            draft.discard()
            throw error
        }
    }

    private func fill(_ draft: String, from database: String, at now: Instant) throws -> BackupManifest {
        let copy = "\(draft)/\(BackupManifest.database)"
        // The empty file has the mode; SQLite fills it and flushes nothing.
        try OwnFile.write([], to: copy)
        try DatabaseCopy.write(of: database, to: copy)
        try OwnFile.flush(copy)
        let contents = try DatabaseCopy.examine(copy)
        try AuthorityFiles(folder: state).copy(to: draft)
        let files = try BackupManifest.files.map { try OwnFile.measure("\(draft)/\($0)", as: $0) }
        let manifest = BackupManifest(program: program, at: now, contents: contents, files: files)
        try OwnFile.write(try manifest.json(), to: "\(draft)/\(BackupManifest.name)")
        return manifest
    }
}
