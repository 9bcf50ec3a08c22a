import Authority
import Backup
import Foundation
import SQLite
import StateFolder
import Storage
import TestSupport
import Testing
import Vocabulary

/// A backup is one moment of the state, whole and its owner's alone.
@Suite struct BackupTests {
    private static let files = ["ca.key", "ca.pem", "collector.key", "collector.pem", "haidang.sqlite", "secrets.key"]

    @Test func whatIsWrittenMeanwhileIsInItUpToOneMoment() async throws {
        let state = try await State()
        for number in 0..<20 { try await state.writePair(number) }
        let writing = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Int.self) { tasks in
            tasks.addTask {
                var number = 20
                while !Task.isCancelled {
                    try await state.writePair(number)
                    number += 1
                    writing.continuation.yield()
                }
                return number
            }
            for await _ in writing.stream { break }
            for round in 0..<5 {
                let target = state.folder.path("backup-\(round)")
                let manifest = try BackupWriter(state: state.path, program: "0.1.0").write(to: target, at: State.now)
                let pairs = try #require(try State.pairs(in: "\(target)/haidang.sqlite"))
                #expect(pairs.count > 20 && pairs == Array(0..<pairs.count))
                #expect(manifest.contents.assets == 1)
            }
            tasks.cancelAll()
            let written = try await tasks.next() ?? 0
            #expect(written > 21)
            #expect(
                try await state.database.read { try AuditStore($0).lines(limit: 1).first?.subject } == "\(written - 1)")
        }
    }

    @Test func itConsistsOfSevenFilesForItsOwnerOnly() async throws {
        let state = try await State()
        let manifest = try state.makeBackup()
        #expect(try State.mode(state.backup) == 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: state.backup).sorted()
        #expect(names == (Self.files + ["manifest.json"]).sorted())
        for name in names { #expect(try State.mode("\(state.backup)/\(name)") == 0o600, "\(name)") }
        #expect(manifest.files.map(\.name).sorted() == Self.files)
        for file in manifest.files {
            let output = try Command.run("sha256sum", "\(state.backup)/\(file.name)").output
            #expect(String(decoding: output.prefix(64), as: UTF8.self) == file.sha256)
            #expect(try state.folder.read("\(state.backup)/\(file.name)").count == file.size)
        }
        #expect(try BackupManifest(of: state.backup) == manifest)
        #expect(manifest.program == "0.1.0" && manifest.instant == State.now.description)
        #expect(manifest.contents.schema == Schema.version)
        #expect(try state.leftovers().isEmpty)
    }

    @Test func itNeverWritesOverAnything() async throws {
        let state = try await State()
        try state.folder.write("mine", to: "backup")
        let error = #expect(throws: BackupError.self) { try state.makeBackup() }
        #expect(error?.place == state.backup)
        #expect(try state.folder.bytes(of: "backup") == Array("mine".utf8))
        #expect(try state.leftovers().isEmpty)
    }

    @Test func withoutAStateThereIsNothingToCopyAndNothingLeft() async throws {
        let state = try await State()
        let writer = BackupWriter(state: state.folder.path("nowhere"), program: "0.1.0")
        #expect(throws: BackupError.self) { try writer.write(to: state.backup, at: State.now) }
        // Keys that do not belong together are no backup worth having.
        try FileManager.default.removeItem(atPath: "\(state.path)/ca.key")
        #expect(throws: AuthorityError.self) { try state.makeBackup() }
        #expect(try !FileManager.default.fileExists(atPath: state.backup) && state.leftovers().isEmpty)
    }

    @Test func aDamagedDatabaseIsNotCopiedAsIfItWereSound() async throws {
        let state = try await State()
        try await state.database.write { connection in
            try connection.script("PRAGMA ignore_check_constraints = ON")
            try connection.run("UPDATE asset SET importance = 'none'")
        }
        #expect(throws: StorageError.self) { try state.makeBackup() }
        #expect(try !FileManager.default.fileExists(atPath: state.backup) && state.leftovers().isEmpty)
    }

    @Test func whatAKilledOneLeftIsThrownAwayByTheNext() async throws {
        let state = try await State()
        try state.folder.write("", to: "backup.incomplete/.incomplete")
        try state.folder.write("half", to: "backup.incomplete/haidang.sqlite")
        try state.folder.write("half", to: "backup.incomplete/haidang.sqlite-journal")
        _ = try state.makeBackup()
        #expect(try state.leftovers().isEmpty)
        // Killed when all was written, before it got its name.
        try FileManager.default.moveItem(atPath: state.backup, toPath: "\(state.backup).incomplete")
        _ = try state.makeBackup()
        #expect(try state.leftovers().isEmpty)
        #expect(try state.restore().movedAside == nil)
    }

    @Test func aFolderOfThatNameThatIsNoDraftStays() async throws {
        let state = try await State()
        try state.folder.write("mine", to: "backup.incomplete/letter")
        #expect(throws: BackupError.self) { try state.makeBackup() }
        #expect(try state.folder.bytes(of: "backup.incomplete/letter") == Array("mine".utf8))
    }
}
