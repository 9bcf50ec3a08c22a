import Foundation
import StateFolder
import TestSupport
import Testing

@Suite struct StateLockTests {
    @Test func theSecondIsToldWhoIsThere() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        let first = try StateLock(folder: path, holder: "haidang-collector")
        let error = #expect(throws: StateLockError.self) { try StateLock(folder: path, holder: "haidang restore") }
        let words = "haidang-collector (process \(getpid())) works on this folder: stop it first"
        #expect(error?.description == "\(path): \(words)")
        withExtendedLifetime(first) {}
    }

    @Test func whoEndsLetsGoAndTheNextSaysItsOwnName() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        for holder in ["a program with a long name", "b"] {
            let lock = try StateLock(folder: path, holder: holder)
            #expect(try folder.bytes(of: "state/lock") == Array("\(holder) (process \(getpid()))".utf8))
            withExtendedLifetime(lock) {}
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func aProgramThatWasKilledHoldsNothing() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state")
        try folder.write("", to: "state/lock")
        // The holder is one process, without a child that would keep the file open; killed when `child` is stopped.
        let child = try Child(try Command.path(of: "flock"), ["--no-fork", "\(path)/lock", "sleep", "600"])
        let isHeld = {
            do {
                withExtendedLifetime(try StateLock(folder: path, holder: "x")) {}
                return false
            } catch {
                return true
            }
        }
        #expect(child.wait(until: isHeld))
        child.stop()
        #expect(child.wait(until: { !isHeld() }))
    }

    @Test func aFolderThatCannotBeIsNamed() throws {
        let folder = try TemporaryFolder()
        let nowhere = folder.path("no/where")
        let error = #expect(throws: StateLockError.self) { try StateLock(folder: nowhere, holder: "x") }
        #expect(error?.path == nowhere)
        try folder.write("", to: "file")
        #expect(throws: StateLockError.self) { try StateLock(folder: folder.path("file"), holder: "x") }
    }
}
