import Accounts
import Foundation
import Keys
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite struct AccountsTests {
    private let folder: TemporaryFolder
    private let now = Instant(seconds: 1_700_000_000)

    init() throws {
        folder = try TemporaryFolder()
    }

    private func database() async throws -> Database {
        try await Database(path: folder.path("haidang.sqlite"))
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func aPrivateFileIsItsOwnersWhateverWasThereBefore() throws {
        let path = folder.path("secret")
        try PrivateFile.write("one", to: path)
        #expect(try mode(path) == 0o600 && PrivateFile.read(path) == "one")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        // What a crash left behind, readable for all.
        _ = FileManager.default.createFile(atPath: "\(path).new", contents: Data("old".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: "\(path).new")
        try PrivateFile.write("two", to: path)
        #expect(try mode(path) == 0o600 && PrivateFile.read(path) == "two")
        #expect(!FileManager.default.fileExists(atPath: "\(path).new"))
    }

    @Test func aFileThatCannotBeWrittenIsNamed() throws {
        let path = folder.path("nowhere/secret")
        #expect(throws: PrivateFileError.self) { try PrivateFile.write("x", to: path) }
        let error = #expect(throws: PrivateFileError.self) { try PrivateFile.read(path) }
        #expect(error?.path == path)
    }

    @Test func theFirstStartMakesAnAdministratorWithAOneTimePassword() async throws {
        let database = try await database()
        let first = FirstAdministrator(folder: folder.root.path, database: database)
        try await first.makeIfNobody(at: now)
        let path = PasswordReset.file(in: folder.root.path)
        #expect(try mode(path) == 0o600)
        let password = String(try PrivateFile.read(path).dropLast())
        let admin = try #require(try await database.read { try PersonStore($0).person(named: "admin") })
        #expect(admin.mustChangePassword)
        #expect(try PasswordHash(admin.passwordHash).matches(password))
        #expect(password.count == 19 && Set(password).count > 4)
        // Another start changes neither file nor password.
        try await first.makeIfNobody(at: now)
        #expect(try PrivateFile.read(path) == "\(password)\n")
        #expect(try await database.read { try PersonStore($0).person(named: "admin") } == admin)
    }

    @Test func theFileGoesOnceThePasswordWasChanged() async throws {
        let (database, now) = (try await database(), now)
        let first = FirstAdministrator(folder: folder.root.path, database: database)
        try await first.makeIfNobody(at: now)
        try await database.write {
            try PersonStore($0).setPassword("admin", hash: "x", mustChange: false, at: now)
        }
        try await first.makeIfNobody(at: now)
        #expect(!FileManager.default.fileExists(atPath: PasswordReset.file(in: folder.root.path)))
        try await first.makeIfNobody(at: now)
    }

    @Test func aResetEndsEverySessionAndTheOldPassword() async throws {
        let (database, now) = (try await database(), now)
        let reset = PasswordReset(folder: folder.root.path, database: database)
        let old = try await reset.reset("lan", at: now)
        _ = try await reset.reset("lam", at: now)
        try await database.write { connection in
            for (token, person) in [(UInt8(1), "lan"), (2, "lan"), (3, "lam")] {
                try PersonStore(connection).addSession(
                    tokenHash: [token], person: person, csrfToken: "c", at: now, expires: now + .seconds(60))
            }
        }
        let new = try await reset.reset("lan", at: now)
        #expect(new != old)
        try await database.read { connection in
            let people = PersonStore(connection)
            #expect(try people.session(tokenHash: [1], at: now) == nil)
            #expect(try people.session(tokenHash: [2], at: now) == nil)
            #expect(try people.session(tokenHash: [3], at: now)?.person.name == "lam")
            let hash = try PasswordHash(try #require(try people.person(named: "lan")).passwordHash)
            #expect(try hash.matches(new) && !hash.matches(old))
            #expect(try AuditStore(connection).lines(limit: 1).map(\.subject) == ["lan"])
        }
        #expect(try PrivateFile.read(PasswordReset.file(in: folder.root.path)) == "\(new)\n")
    }

    @Test func aResetThatCannotWriteItsFileLeavesThePasswordAlone() async throws {
        let (database, now) = (try await database(), now)
        try await database.write { connection in
            try PersonStore(connection).setPassword("lan", hash: "before", mustChange: false, at: now)
        }
        let reset = PasswordReset(folder: folder.path("nowhere"), database: database)
        await #expect(throws: PrivateFileError.self) { try await reset.reset("lan", at: now) }
        let person = try await database.read { try PersonStore($0).person(named: "lan") }
        #expect(person?.passwordHash == "before" && person?.mustChangePassword == false)
    }

    @Test func aResetThatTheDatabaseRefusesLeavesAFileThatOpensNothing() async throws {
        let (database, now) = (try await database(), now)
        let reset = PasswordReset(folder: folder.root.path, database: database)
        await #expect(throws: (any Error).self) { try await reset.reset("", at: now) }
        #expect(try await database.read { try PersonStore($0).count() } == 0)
        #expect(try mode(PasswordReset.file(in: folder.root.path)) == 0o600)
    }

    @Test func localAccessIsForTheOwnerAndReplacesTheOneBefore() async throws {
        let (database, now, root) = (try await database(), now, folder.root.path)
        try await FirstAdministrator(folder: root, database: database).makeIfNobody(at: now)
        var tokens: [String] = []
        for _ in 0..<2 {
            try await LocalAccess.grant(
                url: "https://127.0.0.1:8443", pinnedKey: "sha256//x", to: FirstAdministrator.name, folder: root,
                database: database, at: now)
            let access = try LocalAccess(folder: root)
            #expect(access.url == "https://127.0.0.1:8443" && access.pinnedKey == "sha256//x")
            #expect(try mode(LocalAccess.file(in: root)) == 0o600)
            tokens.append(access.token)
        }
        let hashes = try tokens.map { try Digest.sha256(Array($0.utf8)) }
        try await database.read { connection in
            let people = PersonStore(connection)
            let (before, after) = (try people.person(tokenHash: hashes[0]), try people.person(tokenHash: hashes[1]))
            #expect(before == nil && after?.name == "admin")
        }
    }
}
