import SQLite
import Testing

@Suite struct ConnectionTests {
    private func emptyDatabase() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try connection.script(
            "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB, size REAL)")
        return connection
    }

    @Test func everyKindOfValueComesBack() throws {
        let connection = try emptyDatabase()
        let largest = UInt64.max
        try connection.run("INSERT INTO item VALUES (?, ?, ?, ?)", largest, "", [UInt8](), nil as Double?)
        let row = try connection.row("SELECT id, name, body, size FROM item") { row in
            (row.unsigned(0), row.text(1), row.isNull(1), row.blob(2), row.isNull(2), row.optionalReal(3))
        }
        let found = try #require(row)
        #expect(found.0 == largest && found.1.isEmpty && !found.2 && found.3.isEmpty && !found.4 && found.5 == nil)
    }

    @Test func aFailedTransactionLeavesNothing() throws {
        let connection = try emptyDatabase()
        #expect(throws: SQLiteError.self) {
            try connection.transaction {
                try connection.run("INSERT INTO item (name) VALUES (?)", "a")
                try connection.run("INSERT INTO item (name) VALUES (?)", "a")
            }
        }
        #expect(try connection.row("SELECT count(*) FROM item") { $0.integer(0) } == 0)
        try connection.transaction { try connection.run("INSERT INTO item (name) VALUES (?)", "a") }
        #expect(connection.changes == 1)
    }

    @Test func aWrongNumberOfArgumentsIsRefused() throws {
        let connection = try emptyDatabase()
        #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO item (name) VALUES (?)") }
    }
}
