/// What SQLite refused: its result code, its message and the statement.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The extended result code, as in sqlite3.h.
    package var code: Int32
    package var message: String
    package var statement: String

    package var isFull: Bool { code & 0xff == 13 }
    /// No room, a failed or forbidden write, a file that is gone: not the statement's fault.
    package var isOfTheDisk: Bool { [8, 10, 13, 14].contains(code & 0xff) }
    package var isConstraint: Bool { code & 0xff == 19 }
    package var isCorrupt: Bool { code & 0xff == 11 || code & 0xff == 26 }

    package var description: String {
        let first = statement.split(separator: "\n").joined(separator: " ")
        return "\(message) (SQLite \(code))\(first.isEmpty ? "" : " in \(first.prefix(120))")"
    }
}
