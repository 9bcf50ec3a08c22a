import SQLite
import Storage
import Testing

@Suite struct SchemaTests {
    @Test func migratingTwiceIsMigratingOnce() throws {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        try Schema.migrate(connection)
        #expect(try connection.row("PRAGMA user_version") { $0.integer(0) } == Int64(Schema.version))
    }

    @Test func aDatabaseFromANewerProgramIsRefusedByName() throws {
        let connection = try Connection(path: ":memory:")
        try connection.script("PRAGMA user_version = \(Schema.version + 1)")
        #expect(throws: StorageError.newerDatabase(found: Schema.version + 1, known: Schema.version)) {
            try Schema.migrate(connection)
        }
    }
}
