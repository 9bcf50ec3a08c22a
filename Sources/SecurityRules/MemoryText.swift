/// What a rule remembers, as lines of fields: text that survives a restart and that a person can read.
///
/// Names in it come from whoever knocks at the door, so every field is escaped.
package struct MemoryText: Sendable {
    private(set) var bytes: [UInt8] = []

    package init() {}

    package var text: [UInt8] { bytes }

    package mutating func add(_ fields: String...) {
        add(fields)
    }

    package mutating func add(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            for byte in field.utf8 {
                switch byte {
                case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
                case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
                case UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
                default: bytes.append(byte)
                }
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The lines of such a text; what does not read as one gives lines that no rule knows.
    package static func lines(_ bytes: [UInt8]) -> [[String]] {
        bytes.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(unescaped)
        }
    }

    private static func unescaped(_ field: ArraySlice<UInt8>) -> String {
        guard field.contains(UInt8(ascii: "\\")) else { return String(decoding: field, as: UTF8.self) }
        var result: [UInt8] = []
        var isEscaped = false
        for byte in field {
            switch (isEscaped, byte) {
            case (false, UInt8(ascii: "\\")): isEscaped = true
            case (true, UInt8(ascii: "t")):
                result.append(UInt8(ascii: "\t"))
                isEscaped = false
            case (true, UInt8(ascii: "n")):
                result.append(UInt8(ascii: "\n"))
                isEscaped = false
            default:
                result.append(byte)
                isEscaped = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension Array where Element == String {
    /// A field by its place; empty where the line is too short.
    package func field(_ place: Int) -> String { indices.contains(place) ? self[place] : "" }

    func number(_ place: Int) -> Int64? { Int64(field(place)) }
}
