import SQLite
import Storage
import TestSupport
import Testing

@Suite struct DatabaseTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A page limit stands for a disk without room: SQLite answers the same.
    @Test func aDiskWithoutRoomIsSaidUntilSomethingWasWritten() async throws {
        let database = try await Database(path: folder.path("state.sqlite"))
        #expect(database.writeFailure == nil)
        try await database.write { connection in
            try connection.run("CREATE TABLE paper (text BLOB)")
            try connection.run("PRAGMA max_page_count = 1")
        }
        let fill: @Sendable (Connection) throws -> Void = { connection in
            try connection.run("INSERT INTO paper VALUES (zeroblob(1000000))")
        }
        await #expect(throws: SQLiteError.self) { try await database.write(fill) }
        #expect(database.writeFailure?.contains("full") == true)
        // Commits, and proves nothing.
        try await database.write { try $0.run("PRAGMA max_page_count = 1000000") }
        #expect(database.writeFailure?.contains("full") == true)
        try await database.write(fill)
        #expect(database.writeFailure == nil)
    }

    /// What a statement itself did wrong says nothing about the disk.
    @Test func aRefusedStatementIsNoFailureOfTheDisk() async throws {
        let database = try await Database(path: folder.path("state.sqlite"))
        await #expect(throws: SQLiteError.self) {
            try await database.write { try $0.run("INSERT INTO nowhere VALUES (1)") }
        }
        #expect(database.writeFailure == nil)
    }
}
