/// A table of texts as a spreadsheet saves it: one row of headings, then a row for each thing.
package struct Sheet: Hashable, Sendable {
    package var encoding: SheetEncoding
    package var delimiter: SheetDelimiter
    package var heading: SheetRow
    /// Blank rows are left out; the others keep their numbers.
    package var rows: [SheetRow]

    /// What a sheet may be at most: beyond that it is no inventory.
    package enum Limit {
        package static let bytes = 64 << 20
        package static let rows = 100_000
        package static let columns = 100
        /// Bytes in UTF-8; a spreadsheet's own limit is as many characters.
        package static let cell = 32_767
    }
}

/// What stands between two cells.
package enum SheetDelimiter: UInt8, CaseIterable, Sendable {
    case comma = 0x2c
    case semicolon = 0x3b
    case tab = 0x09

    package var word: String {
        switch self {
        case .comma: "comma"
        case .semicolon: "semicolon"
        case .tab: "tab"
        }
    }

    /// The one that stands most often in the first row that holds anything: the headings.
    static func detected(in bytes: [UInt8]) -> SheetDelimiter {
        var counts = [UInt8: Int]()
        var isQuoted = false
        var isBlank = true
        for byte in bytes {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if isQuoted {
                isBlank = false
            } else if SheetDelimiter(rawValue: byte) != nil {
                counts[byte, default: 0] += 1
            } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if !isBlank { break }
                counts = [:]
            } else if byte != UInt8(ascii: " ") {
                isBlank = false
            }
        }
        var best = SheetDelimiter.comma
        for delimiter in allCases where counts[delimiter.rawValue, default: 0] > counts[best.rawValue, default: 0] {
            best = delimiter
        }
        return best
    }
}
