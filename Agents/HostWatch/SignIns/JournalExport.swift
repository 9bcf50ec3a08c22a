package import SecurityRules
package import Vocabulary

/// Entries of the journal in its export format: `FIELD=value` lines, an empty line after each entry. A value that is
/// not plain text comes as its field's name alone on a line, eight bytes of length, and so many bytes.
package struct JournalExport {
    package struct Entry: Hashable, Sendable {
        package var cursor = ""
        package var fields: [String: String] = [:]
    }

    /// More without an end is no journal.
    private static let longest = 1 << 20

    private var bytes: [UInt8] = []

    package init() {}

    /// Takes what came, and gives the entries that are complete.
    package mutating func take(_ more: [UInt8]) -> [Entry] {
        bytes += more
        var entries: [Entry] = []
        var start = 0
        while let (entry, end) = Self.entry(in: bytes[start...]) {
            if !entry.fields.isEmpty || !entry.cursor.isEmpty { entries.append(entry) }
            start = end
        }
        bytes.removeFirst(start)
        if bytes.count > Self.longest { bytes = [] }
        return entries
    }

    private static func entry(in bytes: ArraySlice<UInt8>) -> (entry: Entry, end: Int)? {
        var entry = Entry()
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest[rest.startIndex..<end]
            rest = rest[(end + 1)...]
            if line.isEmpty { return (entry, rest.startIndex) }
            if let equals = line.firstIndex(of: UInt8(ascii: "=")) {
                entry.add(line[..<equals], line[(equals + 1)...])
            } else {
                guard rest.count >= 8 else { return nil }
                let length = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                guard length <= UInt64(longest) else {
                    // Cannot be made sense of any more: what is there is thrown away.
                    return (Entry(), bytes.endIndex)
                }
                guard rest.count > 8 + Int(length) else { return nil }
                let value = rest.dropFirst(8).prefix(Int(length))
                entry.add(line, value)
                rest = rest.dropFirst(8 + Int(length) + 1)
            }
        }
        return nil
    }
}

extension JournalExport.Entry {
    fileprivate mutating func add(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        let name = String(decoding: name, as: UTF8.self)
        let value = String(decoding: value, as: UTF8.self)
        if name == "__CURSOR" { cursor = value } else { fields[name] = value }
    }

    /// When it was logged, and what.
    package var logged: (time: Instant, record: LogRecord)? {
        guard
            let time = (fields["_SOURCE_REALTIME_TIMESTAMP"] ?? fields["__REALTIME_TIMESTAMP"]).flatMap({ Int64($0) }),
            let program = fields["SYSLOG_IDENTIFIER"], let message = fields["MESSAGE"]
        else { return nil }
        // The journal knows who really spoke: what a user writes in sshd's name is not believed.
        if program.hasPrefix("sshd"), let user = fields["_UID"], user != "0" { return nil }
        return (
            Instant(microseconds: time),
            LogRecord(program: program, process: fields["_PID"] ?? fields["SYSLOG_PID"] ?? "", message: message)
        )
    }
}
