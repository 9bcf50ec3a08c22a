import Credentials
import Foundation
import TestSupport
import Testing

/// What the agent keeps of the collector's secrets: sealed with a key of the state folder.
@Suite struct StateSealTests {
    @Test func whatWasSealedIsOpenedAfterARestartAndUnreadableBefore() throws {
        let folder = try TemporaryFolder()
        let secret = Array("public-but-not-that-public".utf8)
        let sealed = try StateSeal(folder: folder.path).seal(secret)
        #expect(sealed.firstRange(of: secret.prefix(8)) == nil)
        #expect(try StateSeal(folder: folder.path).open(sealed) == secret)
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path("seal.key"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(throws: (any Error).self) { try StateSeal(folder: TemporaryFolder().path).open(sealed) }
    }

    @Test(arguments: ["", "no key\n", "00ff\n"]) func aSpoiltKeyIsSaidAndNotReplaced(text: String) throws {
        let folder = try TemporaryFolder()
        try text.write(toFile: folder.path("seal.key"), atomically: true, encoding: .utf8)
        let error = #expect(throws: StateError.self) { try StateSeal(folder: folder.path) }
        #expect(error?.path == folder.path("seal.key"))
        #expect(try String(contentsOfFile: folder.path("seal.key"), encoding: .utf8) == text)
    }
}
