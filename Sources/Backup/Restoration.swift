import Authority
import Foundation
import Glibc
import StateFolder
import Storage
package import Vocabulary

/// Makes a backup a collector's state again: all of it, or nothing happened.
package struct Restoration: Sendable {
    package struct Outcome: Hashable, Sendable {
        package var manifest: BackupManifest
        /// Where the state that was there before lies now; nothing of it was deleted.
        package var movedAside: String?
    }

    private let state: String

    /// `state` is the collector's state folder; its parent must be there.
    package init(state: String) {
        self.state = Paths.whole(state)
    }

    /// Restores into a folder that is absent or empty; with `isReplacing` an earlier state is moved aside.
    package func restore(_ source: String, isReplacing: Bool, at now: Instant) throws -> Outcome {
        let names = try occupants()
        let lock = names.isEmpty ? nil : try claim(names, isReplacing: isReplacing)
        defer { withExtendedLifetime(lock) {} }
        let manifest = try BackupManifest(of: source)
        let draft = try DraftFolder(at: "\(state).restoring")
        do {
            try fill(draft.path, from: source, as: manifest)
            try handOver(draft.path)
            try draft.finish { path in
                if lock == nil {
                    try Paths.rename(path, to: state)
                } else {
                    try Paths.exchange(path, with: state)
                }
            }
        } catch {
            draft.discard()
            throw error
        }
        try Paths.flushParent(of: state)
        guard lock != nil else { return Outcome(manifest: manifest, movedAside: nil) }
        // The draft's name is now that of the state before.
        let aside = asideName(at: now)
        try Paths.rename(draft.path, to: aside)
        try Paths.flushParent(of: aside)
        return Outcome(manifest: manifest, movedAside: aside)
    }

    /// What is in the state folder; empty where there is no folder.
    private func occupants() throws -> [String] {
        guard Paths.isTaken(state) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: state)
    }

    /// Refuses while somebody works there, and without the word that it may be moved aside.
    private func claim(_ names: [String], isReplacing: Bool) throws -> StateLock {
        guard names.contains(where: [BackupManifest.database, "ca.pem", "lock"].contains) else {
            throw BackupError(state, "holds something else than a collector's state")
        }
        let lock = try StateLock(folder: state, holder: "haidang restore")
        guard isReplacing else {
            throw BackupError(state, "holds a collector's state already; --replace moves it aside")
        }
        return lock
    }

    private func fill(_ draft: String, from source: String, as manifest: BackupManifest) throws {
        for file in manifest.files {
            let path = "\(source)/\(file.name)"
            guard try OwnFile.copy(path, to: "\(draft)/\(file.name)", as: file.name) == file else {
                throw BackupError(path, "is damaged: size or SHA-256 are not those of the manifest")
            }
        }
        do {
            guard try DatabaseCopy.examine("\(draft)/\(BackupManifest.database)") == manifest.contents else {
                throw BackupError(
                    source, "is damaged: the database does not hold what the manifest says")
            }
        } catch let error as StorageError {
            throw BackupError("\(source)/\(BackupManifest.database)", error.description)
        }
        do {
            try AuthorityFiles(folder: draft).verify()
        } catch {
            throw BackupError(source, "its keys and certificates do not hold together: \(error.reason)")
        }
    }

    /// Root restores for whoever the collector runs as: the owner of the state before, else of the folder around it.
    private func handOver(_ draft: String) throws {
        guard geteuid() == 0 else { return }
        var owner = stat()
        let place = Paths.isTaken(state) ? state : URL(fileURLWithPath: state).deletingLastPathComponent().path
        guard stat(place, &owner) == 0 else { throw Paths.failure(place) }
        for path in [draft] + BackupManifest.files.map({ "\(draft)/\($0)" }) {
            guard lchown(path, owner.st_uid, owner.st_gid) == 0 else { throw Paths.failure(path) }
        }
    }

    private func asideName(at now: Instant) -> String {
        let base = "\(state).before-\(now.description.prefix(19).replacing(":", with: "-"))Z"
        var (name, number) = (base, 2)
        while Paths.isTaken(name) {
            name = "\(base)-\(number)"
            number += 1
        }
        return name
    }
}
