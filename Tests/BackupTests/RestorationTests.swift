import Authority
import Backup
import Foundation
import Keys
import SQLite
import StateFolder
import Storage
import TestSupport
import Testing
import Vocabulary

/// A restored state is the one that was saved, or nothing has changed.
@Suite struct RestorationTests {
    private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test(arguments: [false, true]) func intoNothingAndIntoAnEmptyFolder(isThereBefore: Bool) async throws {
        let state = try await State()
        for number in 0..<3 { try await state.writePair(number) }
        let manifest = try state.makeBackup()
        let restored = state.folder.path("restored")
        if isThereBefore {
            try FileManager.default.createDirectory(atPath: restored, withIntermediateDirectories: false)
        }
        let outcome = try state.restore()
        #expect(outcome.manifest == manifest && outcome.movedAside == nil)
        #expect(try State.mode(restored) == 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: restored) {
            #expect(try State.mode("\(restored)/\(name)") == 0o600)
            #expect(try state.folder.read("\(restored)/\(name)") == state.folder.read("\(state.backup)/\(name)"))
        }
        // A collector starts on it as on its own.
        let names = ServerNames(["localhost"])
        let old = try AuthorityFiles(folder: state.path).open(for: names, at: State.now)
        let new = try AuthorityFiles(folder: restored).open(for: names, at: State.now)
        #expect(new.certificate.pem == old.certificate.pem && new.serverCertificate.pem == old.serverCertificate.pem)
        let database = try await Database(path: "\(restored)/haidang.sqlite")
        let (agents, lines) = try await database.read { connection in
            (try AgentStore(connection).all(scope: .everything).map(\.id), try AuditStore(connection).lines(limit: 99))
        }
        #expect(agents == ["a1"] && lines.count == 6)
        #expect(try state.leftovers().isEmpty)
    }

    @Test func aStateThatIsThereIsLeftAloneOrMovedAsideWhole() async throws {
        let state = try await State()
        _ = try state.makeBackup()
        try await state.writePair(7)
        let refused = #expect(throws: BackupError.self) { try state.restore(to: state.path) }
        #expect(refused?.description.contains("--replace") == true)
        #expect(try State.pairs(in: "\(state.path)/haidang.sqlite") == [7])

        let aside = try #require(try state.restore(to: state.path, replacing: true).movedAside)
        #expect(aside == "\(state.path).before-2023-11-14T22-13-20Z")
        #expect(try State.pairs(in: "\(aside)/haidang.sqlite") == [7])
        #expect(isThere("\(aside)/ca.key"))
        #expect(try State.pairs(in: "\(state.path)/haidang.sqlite") == [])
        // Again within the same second: nothing is written over.
        let second = try #require(try state.restore(to: state.path, replacing: true).movedAside)
        #expect(second == "\(aside)-2")
        #expect(try State.pairs(in: "\(aside)/haidang.sqlite") == [7])
    }

    @Test func whileACollectorRunsNothingIsTouched() async throws {
        let state = try await State()
        _ = try state.makeBackup()
        let lock = try StateLock(folder: state.path, holder: "haidang-collector")
        let error = #expect(throws: StateLockError.self) { try state.restore(to: state.path, replacing: true) }
        #expect(error?.description.contains("haidang-collector (process") == true)
        #expect(try state.leftovers().isEmpty)
        withExtendedLifetime(lock) {}
    }

    @Test func aFolderWithSomethingElseIsNotMoved() async throws {
        let state = try await State()
        _ = try state.makeBackup()
        try state.folder.write("mine", to: "restored/letter")
        #expect(throws: BackupError.self) { try state.restore(replacing: true) }
        #expect(try state.folder.bytes(of: "restored/letter") == Array("mine".utf8))
    }

    @Test(arguments: [
        "haidang.sqlite", "ca.key", "ca.pem", "collector.key", "collector.pem", "secrets.key", "manifest.json",
    ])
    func aDamagedOrMissingFileIsNamedAndNothingIsMade(name: String) async throws {
        let state = try await State()
        _ = try state.makeBackup()
        let path = "\(state.backup)/\(name)"
        let good = try state.folder.read(path)
        for damage in ["changed", "shorter", "longer", "gone"] {
            var bytes = good
            switch damage {
            case "changed": bytes[bytes.count / 2] ^= name == "manifest.json" ? 0x80 : 1
            case "shorter": bytes.removeLast(bytes.count / 2)
            case "longer": bytes.append(0x7b)
            default: break
            }
            try damage == "gone" ? FileManager.default.removeItem(atPath: path) : state.folder.write(bytes, to: path)
            let error = #expect(throws: BackupError.self, "\(damage)") { try state.restore() }
            #expect(error?.description.contains(name) == true, "\(damage): \(error?.description ?? "")")
            #expect(try !isThere(state.folder.path("restored")) && state.leftovers().isEmpty)
        }
        try state.folder.write(good, to: path)
        _ = try state.restore()
    }

    @Test func whatANewerProgramWroteIsRefusedInItsWords() async throws {
        let state = try await State()
        _ = try state.makeBackup()
        try state.editManifest { $0["format"] = 2 }
        let format = #expect(throws: BackupError.self) { try state.restore() }
        #expect(format?.problem.contains("newer program") == true)
        try state.editManifest { manifest in
            manifest["format"] = 1
            var contents = manifest["contents"] as? [String: Any] ?? [:]
            contents["schema"] = Schema.version + 1
            manifest["contents"] = contents
        }
        let schema = #expect(throws: BackupError.self) { try state.restore() }
        #expect(schema?.problem.contains("install the newer program") == true)
    }

    @Test func aNewerDatabaseIsRefusedWhateverTheManifestSays() async throws {
        let state = try await State()
        _ = try state.makeBackup()
        try Connection(path: "\(state.backup)/haidang.sqlite")
            .script("PRAGMA journal_mode = DELETE; PRAGMA user_version = \(Schema.version + 1)")
        try state.vouch(for: "haidang.sqlite")
        let error = #expect(throws: BackupError.self) { try state.restore() }
        #expect(error?.problem.contains("install the newer program") == true)
        #expect(try !isThere(state.folder.path("restored")) && state.leftovers().isEmpty)
    }

    @Test func aDatabaseThatIsWrongInsideIsRefusedWhateverTheManifestSays() async throws {
        let state = try await State()
        _ = try state.makeBackup()
        let path = "\(state.backup)/haidang.sqlite"
        let good = try state.folder.read(path)
        // A wrecked page.
        var bytes = good
        for index in 8192..<8192 + 4096 { bytes[index] = 0xa5 }
        try state.folder.write(bytes, to: path)
        try state.vouch(for: "haidang.sqlite")
        #expect(throws: (any Error).self) { try state.restore() }
        // An agent on an asset that is not there.
        try state.folder.write(good, to: path)
        try Connection(path: path).script(
            "PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF; UPDATE agent SET asset_id = 99")
        try state.vouch(for: "haidang.sqlite")
        let error = #expect(throws: BackupError.self) { try state.restore() }
        #expect(error?.problem.contains("agent refers to asset") == true)
        // Another database than the manifest counts.
        try state.folder.write(good, to: path)
        try Connection(path: path).script("PRAGMA journal_mode = DELETE; DELETE FROM agent; DELETE FROM asset")
        try state.vouch(for: "haidang.sqlite")
        #expect(throws: BackupError.self) { try state.restore() }
        #expect(try !isThere(state.folder.path("restored")) && state.leftovers().isEmpty)
    }

    @Test func keysOfTwoCollectorsDoNotMakeOne() async throws {
        let (state, other) = (try await State(), try await State())
        _ = try state.makeBackup()
        try state.folder.write(try other.folder.read("\(other.path)/ca.key"), to: "\(state.backup)/ca.key")
        try state.vouch(for: "ca.key")
        let error = #expect(throws: BackupError.self) { try state.restore() }
        #expect(error?.problem.contains("do not hold together") == true)
        #expect(try state.leftovers().isEmpty)
    }

    @Test func aRestoreThatWasKilledIsDoneAgainAndAStateIsNeverTakenForADraft() async throws {
        let state = try await State()
        _ = try state.makeBackup()
        // Killed while copying.
        try state.folder.write("", to: "restored.restoring/.incomplete")
        try state.folder.write("half", to: "restored.restoring/haidang.sqlite")
        _ = try state.restore()
        #expect(try state.leftovers().isEmpty)
        // Killed when all was copied, before it got its name.
        try FileManager.default.removeItem(atPath: state.folder.path("restored"))
        try FileManager.default.copyItem(atPath: state.path, toPath: state.folder.path("restored.restoring"))
        _ = try state.restore()
        #expect(try state.leftovers().isEmpty)
        // Killed when the two states had changed places: what is called a draft is the state before.
        try await state.writePair(1)
        withExtendedLifetime(try StateLock(folder: state.path, holder: "haidang restore")) {}
        try FileManager.default.copyItem(atPath: state.path, toPath: "\(state.path).restoring")
        let error = #expect(throws: BackupError.self) { try state.restore(to: state.path, replacing: true) }
        #expect(error?.problem.contains("move it away") == true)
        #expect(isThere("\(state.path).restoring/haidang.sqlite"))
    }
}
