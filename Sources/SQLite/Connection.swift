internal import CSQLite

/// One connection to an SQLite file, used by one task or under one lock at a time.
///
/// Bodies of transactions are synchronous: nothing else of this connection can slip in between.
package final class Connection {
    package enum Mode: Sendable {
        case readWrite
        /// Writable, but the file must be there and stays in the mode it has.
        case asItIs
        case readOnly
    }

    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    /// Opens the file, creating it when writable; WAL, foreign keys on, full durability at each commit.
    package init(path: String, mode: Mode = .readWrite) throws(SQLiteError) {
        var opened: OpaquePointer?
        let flags =
            switch mode {
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            case .asItIs: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            case .readOnly: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            }
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw SQLiteError(code: code, message: "\(path): \(message)", statement: "")
        }
        handle = opened
        sqlite3_busy_timeout(handle, 10_000)
        if mode == .readWrite {
            try script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        }
        try script("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF")
    }

    deinit {
        for statement in statements.values {
            sqlite3_finalize(statement)
        }
        sqlite3_close_v2(handle)
    }

    /// Runs statements without arguments, separated by semicolons.
    package func script(_ sql: String) throws(SQLiteError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    /// Runs one statement that returns no rows.
    package func run(_ sql: String, _ arguments: any Bindable...) throws(SQLiteError) {
        try run(sql, arguments: arguments)
    }

    package func run(_ sql: String, arguments: [any Bindable]) throws(SQLiteError) {
        let statement = try prepared(sql, arguments)
        defer { reset(statement) }
        let code = sqlite3_step(statement)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(sql) }
    }

    /// Every row of a query, each made into a value while the row is current.
    package func rows<Element>(
        _ sql: String, _ arguments: any Bindable..., as make: (borrowing Row) -> Element
    ) throws(SQLiteError) -> [Element] {
        try rows(sql, arguments: arguments, as: make)
    }

    package func rows<Element>(
        _ sql: String, arguments: [any Bindable], as make: (borrowing Row) -> Element
    ) throws(SQLiteError) -> [Element] {
        let statement = try prepared(sql, arguments)
        defer { reset(statement) }
        var result: [Element] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: result.append(make(Row(statement: statement)))
            case SQLITE_DONE: return result
            default: throw failure(sql)
            }
        }
    }

    /// The first row of a query, or nil.
    package func row<Element>(
        _ sql: String, _ arguments: any Bindable..., as make: (borrowing Row) -> Element
    ) throws(SQLiteError) -> Element? {
        let statement = try prepared(sql, arguments)
        defer { reset(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return make(Row(statement: statement))
        case SQLITE_DONE: return nil
        default: throw failure(sql)
        }
    }

    /// Rows that the last statement changed.
    package var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Rows that statements inserted, changed or deleted since the connection was opened.
    package var totalChanges: Int { Int(sqlite3_total_changes64(handle)) }

    /// The row id of the last insert.
    package var lastInserted: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Runs `body` in a transaction that takes the write lock at once; an error rolls back and is thrown on.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try script("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try script("COMMIT")
            return result
        } catch {
            // A full disk has rolled back by itself already; then there is nothing left to roll back.
            if sqlite3_get_autocommit(handle) == 0 { try script("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` on one unchanging view of the data.
    package func snapshot<Result>(_ body: () throws -> Result) throws -> Result {
        try script("BEGIN")
        do {
            let result = try body()
            try script("COMMIT")
            return result
        } catch {
            if sqlite3_get_autocommit(handle) == 0 { try script("ROLLBACK") }
            throw error
        }
    }

    private func prepared(_ sql: String, _ arguments: [any Bindable]) throws(SQLiteError) -> OpaquePointer {
        let statement = try statement(for: sql)
        guard sqlite3_bind_parameter_count(statement) == Int32(arguments.count) else {
            throw SQLiteError(code: SQLITE_MISUSE, message: "\(arguments.count) arguments given", statement: sql)
        }
        for (index, argument) in arguments.enumerated() {
            guard bind(argument.sqlValue, to: statement, at: Int32(index + 1)) == SQLITE_OK else {
                defer { reset(statement) }
                throw failure(sql)
            }
        }
        return statement
    }

    private func statement(for sql: String) throws(SQLiteError) -> OpaquePointer {
        if let known = statements[sql] { return known }
        var made: OpaquePointer?
        guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil) == SQLITE_OK, let made
        else { throw failure(sql) }
        statements[sql] = made
        return made
    }

    private func bind(_ value: Value, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .real(let number): return sqlite3_bind_double(statement, index, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    haidang_bind_text(statement, index, characters.baseAddress, Int32(clamping: characters.count))
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes {
                haidang_bind_blob(statement, index, $0.baseAddress, Int32(clamping: $0.count))
            }
        }
    }

    private func reset(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    private func failure(_ sql: String) -> SQLiteError {
        SQLiteError(
            code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), statement: sql
        )
    }
}
