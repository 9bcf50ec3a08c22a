import Accounts
import Foundation
import Keys
import Storage
import TestSupport
import Testing
import Vocabulary

/// Who may sign in, as the command line on the collector's machine changes it.
@Suite struct PeopleTests {
    private let folder: TemporaryFolder
    private let now = Instant(seconds: 1_700_000_000)

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A collector's database with `admin` and two units, one below the other.
    private func database() async throws -> Database {
        let database = try await Database(path: folder.path("haidang.sqlite"), readers: 1)
        try await FirstAdministrator(folder: folder.root.path, database: database).makeIfNobody(at: now)
        try await database.write { connection in
            try UnitStore(connection).put(.init(name: "north", title: "North"))
            try UnitStore(connection).put(.init(name: "north-east", title: "North east", parent: "north"))
        }
        return database
    }

    @Test func aReaderOfAUnitSeesItsSubtree() async throws {
        let (database, now) = (try await database(), now)
        let password = try await People(database: database).add("mai", role: .reader, unit: "north", at: now)
        try await database.read { connection in
            let mai = try #require(try PersonStore(connection).person(named: "mai"))
            #expect(mai.role == .reader && mai.mustChangePassword)
            #expect(try PasswordHash(mai.passwordHash).matches(password))
            #expect(try PersonStore(connection).scope(of: mai) == .units(["north", "north-east"]))
            let line = try #require(try AuditStore(connection).lines(limit: 1).first)
            #expect(line.action == "add-person" && line.subject == "mai" && line.detail == "reader of north")
            #expect(!line.detail.contains(password))
        }
    }

    @Test func whatMakesNoSenseIsRefusedAndLeavesNobody() async throws {
        let (database, now) = (try await database(), now)
        let people = People(database: database)
        let long = String(repeating: "a", count: 65)
        for (name, role, unit, expected) in [
            ("mai", .reader, "nowhere", .noUnit("nowhere")), ("mai", .administrator, "north", .unitOfAdministrator),
            ("admin", .reader, nil, .taken("admin")), ("", .reader, nil, .badName("")),
            ("Mai", .reader, nil, .badName("Mai")), ("a b", .reader, nil, .badName("a b")),
            ("-x", .reader, nil, .badName("-x")), ("a\nb", .reader, nil, .badName("a\nb")),
            ("máy", .reader, nil, .badName("máy")), (long, .reader, nil, .badName(long)),
        ] as [(String, Role, String?, PeopleError)] {
            await #expect(throws: expected) { _ = try await people.add(name, role: role, unit: unit, at: now) }
        }
        #expect(try await people.all().map(\.person.name) == ["admin"])
    }

    @Test func aTokenIsToldOnceAndEndsWithTheNextOfItsPurpose() async throws {
        let (database, now) = (try await database(), now)
        let people = People(database: database)
        _ = try await people.add("mai", role: .reader, unit: nil, at: now)
        let first = try await people.makeToken(for: "mai", purpose: "wall", at: now)
        let other = try await people.makeToken(for: "mai", purpose: "script", at: now)
        let second = try await people.makeToken(for: "mai", purpose: "wall", at: now)
        let known = { (token: String) in
            let hash = try Digest.sha256(Array(token.utf8))
            return try await database.read { try PersonStore($0).person(tokenHash: hash)?.name }
        }
        #expect(try await known(first) == nil)
        #expect(try await known(second) == "mai")
        #expect(try await known(other) == "mai")
        let listed = try await people.all().first { $0.person.name == "mai" }
        #expect(listed?.tokens.map(\.purpose).sorted() == ["script", "wall"])
        try await people.revokeToken(of: "mai", purpose: "wall", at: now)
        #expect(try await known(second) == nil)
        #expect(try await known(other) == "mai")
        await #expect(throws: PeopleError.noToken("mai", purpose: "wall")) {
            try await people.revokeToken(of: "mai", purpose: "wall", at: now)
        }
        await #expect(throws: PeopleError.nobody("lan")) {
            _ = try await people.makeToken(for: "lan", purpose: "wall", at: now)
        }
        for purpose in ["", "command line on this machine", String(repeating: "x", count: 201)] {
            await #expect(throws: PeopleError.badPurpose) {
                _ = try await people.makeToken(for: "admin", purpose: purpose, at: now)
            }
        }
        let actions = try await database.read { try AuditStore($0).lines(limit: 5).map(\.action) }
        #expect(actions == ["revoke-token", "create-token", "create-token", "create-token", "add-person"])
    }

    @Test func whoIsRemovedIsGoneAtOnceAndTheFirstAdministratorStays() async throws {
        let (database, now) = (try await database(), now)
        let people = People(database: database)
        _ = try await people.add("mai", role: .administrator, unit: nil, at: now)
        let token = try await people.makeToken(for: "mai", purpose: "wall", at: now)
        let hash = try Digest.sha256(Array(token.utf8))
        try await people.remove("mai", at: now)
        #expect(try await database.read { try PersonStore($0).person(tokenHash: hash) } == nil)
        await #expect(throws: PeopleError.nobody("mai")) { try await people.remove("mai", at: now) }
        await #expect(throws: PeopleError.firstAdministrator) { try await people.remove("admin", at: now) }
    }
}
