import SQLite
import Storage
import Testing
import Vocabulary

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

/// What a database of an earlier version held is still there in the newest.
@Suite struct MigrationTests {
    @Test func wordsForUnitsAndSitesBecomeUnitsAndSites() throws {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection, to: 1)
        for (name, unit, site) in [("a", "ict", "hall"), ("b", "ict", ""), ("c", "", "")] {
            try connection.run(
                "INSERT INTO asset (name, class, unit, site, origin, created) VALUES (?, 'server', ?, ?, 'declared', 0)",
                name, unit, site)
        }
        try Schema.migrate(connection)
        let assets = try AssetStore(connection).all(scope: .everything)
        #expect(assets.map(\.unit) == ["ict", "ict", ""] && assets.map(\.site) == ["hall", "", ""])
        #expect(try UnitStore(connection).all(scope: .everything).map(\.name) == ["ict"])
        #expect(try SiteStore(connection).all(scope: .everything).map(\.name) == ["hall"])
        #expect(try connection.rows("PRAGMA foreign_key_check") { $0.text(0) } == [])
    }
}
