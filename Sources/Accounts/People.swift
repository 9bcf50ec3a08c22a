import Keys
import SQLite
package import Storage
package import Vocabulary

/// Who may sign in: added, removed and given tokens by whoever may write the collector's state folder.
package struct People: Sendable {
    /// What the audit says of a change made on the machine itself.
    private static let machine = "machine"

    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Adds a person; the one-time password they sign in with.
    package func add(_ name: String, role: Role, unit: String?, at now: Instant) async throws -> String {
        guard Self.isName(name) else { throw PeopleError.badName(name) }
        guard unit == nil || role == .reader else { throw PeopleError.unitOfAdministrator }
        let password = try OneTimePassword.make()
        let hash = try PasswordHash(hashing: password).description
        try await database.write { connection in
            let people = PersonStore(connection)
            guard try people.person(named: name) == nil else { throw PeopleError.taken(name) }
            if let unit, try UnitStore(connection).unit(named: unit, scope: .everything) == nil {
                throw PeopleError.noUnit(unit)
            }
            try people.add(name, hash: hash, role: role, unit: unit, at: now)
            let detail = unit.map { "\(role.rawValue) of \($0)" } ?? role.rawValue
            try AuditStore(connection).write(
                .init(at: now, who: Self.machine, action: "add-person", subject: name, detail: detail))
        }
        return password
    }

    /// Removes a person; sessions and tokens of theirs end with it.
    package func remove(_ name: String, at now: Instant) async throws {
        // There is always one who may do everything, and the command line on this machine acts as them.
        guard name != FirstAdministrator.name else { throw PeopleError.firstAdministrator }
        try await database.write { connection in
            try Self.require(name, in: connection)
            try PersonStore(connection).remove(name)
            try AuditStore(connection).write(.init(at: now, who: Self.machine, action: "remove-person", subject: name))
        }
    }

    /// Makes an API token, which is told here and never again. One that was made for the same purpose ends.
    package func makeToken(for name: String, purpose: String, at now: Instant) async throws -> String {
        try Self.check(purpose)
        let token = Base64.url.encode(try Random.bytes(32))
        let hash = try Digest.sha256(Array(token.utf8))
        try await database.write { connection in
            try Self.require(name, in: connection)
            let people = PersonStore(connection)
            try people.removeTokens(person: name, purpose: purpose)
            try people.addToken(hash: hash, person: name, purpose: purpose, at: now)
            try AuditStore(connection).write(
                .init(at: now, who: Self.machine, action: "create-token", subject: name, detail: purpose))
        }
        return token
    }

    package func revokeToken(of name: String, purpose: String, at now: Instant) async throws {
        try Self.check(purpose)
        try await database.write { connection in
            try Self.require(name, in: connection)
            guard try PersonStore(connection).removeTokens(person: name, purpose: purpose) > 0 else {
                throw PeopleError.noToken(name, purpose: purpose)
            }
            try AuditStore(connection).write(
                .init(at: now, who: Self.machine, action: "revoke-token", subject: name, detail: purpose))
        }
    }

    /// Everybody with their tokens, in order of name.
    package func all() async throws -> [(person: PersonStore.Person, tokens: [PersonStore.Token])] {
        try await database.read { connection in
            let people = PersonStore(connection)
            let tokens = Dictionary(grouping: try people.tokens(), by: \.person)
            return try people.all().map { ($0, tokens[$0.name] ?? []) }
        }
    }

    /// What is typed at the sign-in on any keyboard, and stands in logs as it is.
    private static func isName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count), name.first != "-" else { return false }
        return name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
        }
    }

    private static func check(_ purpose: String) throws {
        guard !purpose.isEmpty, purpose.utf8.count <= 200, purpose != LocalAccess.purpose else {
            throw PeopleError.badPurpose
        }
    }

    private static func require(_ name: String, in connection: Connection) throws {
        guard try PersonStore(connection).person(named: name) != nil else { throw PeopleError.nobody(name) }
    }
}
