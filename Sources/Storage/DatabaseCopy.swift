import SQLite

/// The database as one file: copied while others read and write it, and examined before anybody relies on it.
package enum DatabaseCopy {
    /// What a copy holds, to be told and compared.
    package struct Contents: Codable, Hashable, Sendable {
        package var schema: Int
        package var assets: Int
        package var alerts: Int
        package var samples: Int
    }

    /// Copies one moment of the database into `copy`, an empty file or none; whoever writes goes on meanwhile.
    package static func write(of path: String, to copy: String) throws {
        let connection = try Connection(path: path, mode: .readOnly)
        try refuse(schema: try schema(of: connection))
        try connection.run("VACUUM INTO ?", copy)
    }

    /// Reads the copy from end to end; an error when it is damaged, not ours, or from a newer program.
    package static func examine(_ copy: String) throws -> Contents {
        // Of a file that is opened to be read only, SQLite does not check the CHECK constraints.
        let connection = try Connection(path: copy, mode: .asItIs)
        let schema = try schema(of: connection)
        try refuse(schema: schema)
        let problems = try connection.rows("PRAGMA integrity_check(5)") { $0.text(0) }
        guard problems == ["ok"] else { throw StorageError.damaged(problems.joined(separator: "; ")) }
        let dangling = try connection.rows("PRAGMA foreign_key_check") { "\($0.text(0)) refers to \($0.text(2))" }
        guard dangling.isEmpty else {
            throw StorageError.damaged(
                "\(dangling.count) rows refer to what is not there: \(Set(dangling).sorted().joined(separator: ", "))")
        }
        let count = { (table: String) in
            Int(try connection.row("SELECT count(*) FROM \(table)") { $0.integer(0) } ?? 0)
        }
        return Contents(
            schema: schema, assets: try count("asset"), alerts: try count("alert"), samples: try count("sample"))
    }

    private static func schema(of connection: Connection) throws -> Int {
        Int(try connection.row("PRAGMA user_version") { $0.integer(0) } ?? 0)
    }

    private static func refuse(schema: Int) throws {
        guard schema > 0 else { throw StorageError.damaged("it is no collector's database") }
        guard schema <= Schema.version else {
            throw StorageError.newerDatabase(found: schema, known: Schema.version)
        }
    }
}
