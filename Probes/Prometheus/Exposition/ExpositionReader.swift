/// Reads the page of an exporter line by line: the Prometheus text format 0.0.4 and OpenMetrics 1.0.
///
/// Comments, types, units, exemplars and time stamps are passed over: a sample counts at the time it was fetched. A page
/// that holds a line of something else is no page of an exporter.
package struct ExpositionReader {
    /// Which line could not be read, from 1, and what it was.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package var line: Int
        package var problem: String

        package var description: String { "line \(line): \(problem)" }
    }

    private let bytes: [UInt8]
    private var place = 0
    private var line = 0

    /// `isCut`: what follows the last end of a line is a part of one.
    package init(_ bytes: [UInt8], isCut: Bool = false) {
        self.bytes = isCut ? Array(bytes[..<((bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)]) : bytes
    }

    /// The next sample whose metric's name is wanted; nil at the end.
    package mutating func next(where isWanted: (_ name: String) -> Bool) throws(Fault) -> Sample? {
        while place < bytes.count {
            line += 1
            let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            defer { place = end + 1 }
            var cursor = place
            Self.skipBlanks(bytes, &cursor, end)
            guard cursor < end, bytes[cursor] != UInt8(ascii: "#"), bytes[cursor] != UInt8(ascii: "\r") else {
                continue
            }
            let start = cursor
            while cursor < end, !Self.endsName.contains(bytes[cursor]) { cursor += 1 }
            guard cursor > start, Self.beginsName(bytes[start]) else { throw fault("no metric's name") }
            let name = String(decoding: bytes[start..<cursor], as: UTF8.self)
            // Of the thousands of lines that nobody wants only the name is read.
            guard isWanted(name) else { continue }
            Self.skipBlanks(bytes, &cursor, end)
            let labels = try labels(&cursor, end)
            Self.skipBlanks(bytes, &cursor, end)
            let number = cursor
            while cursor < end, bytes[cursor] > 0x20 { cursor += 1 }
            guard let value = Self.value(bytes[number..<cursor]) else { throw fault("no value") }
            return Sample(name, labels, value)
        }
        return nil
    }

    private func fault(_ problem: String) -> Fault { Fault(line: line, problem: problem) }

    private func labels(_ cursor: inout Int, _ end: Int) throws(Fault) -> [String: String] {
        guard cursor < end, bytes[cursor] == UInt8(ascii: "{") else { return [:] }
        cursor += 1
        var labels: [String: String] = [:]
        while true {
            while cursor < end, bytes[cursor] == UInt8(ascii: ",") || bytes[cursor] <= 0x20 { cursor += 1 }
            guard cursor < end else { throw fault("labels without an end") }
            if bytes[cursor] == UInt8(ascii: "}") {
                cursor += 1
                return labels
            }
            let start = cursor
            while cursor < end, bytes[cursor] != UInt8(ascii: "=") { cursor += 1 }
            let name = String(decoding: bytes[start..<cursor], as: UTF8.self)
            guard cursor + 1 < end, bytes[cursor + 1] == UInt8(ascii: "\""), !name.isEmpty else {
                throw fault("a label without a value")
            }
            cursor += 2
            var value: [UInt8] = []
            while cursor < end, bytes[cursor] != UInt8(ascii: "\"") {
                guard bytes[cursor] == UInt8(ascii: "\\"), cursor + 1 < end else {
                    value.append(bytes[cursor])
                    cursor += 1
                    continue
                }
                value.append(bytes[cursor + 1] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : bytes[cursor + 1])
                cursor += 2
            }
            guard cursor < end else { throw fault("a label's value without an end") }
            cursor += 1
            labels[name] = String(decoding: value, as: UTF8.self)
        }
    }

    /// `1.5e3`, `NaN`, `+Inf`: as both formats write numbers.
    private static func value(_ raw: ArraySlice<UInt8>) -> Double? {
        let text = String(decoding: raw, as: UTF8.self)
        switch text.lowercased() {
        case "nan": return .nan
        case "inf", "+inf": return .infinity
        case "-inf": return -.infinity
        case let text where text.utf8.allSatisfy(numeric.contains): return Double(text)
        default: return nil
        }
    }

    private static func skipBlanks(_ bytes: [UInt8], _ cursor: inout Int, _ end: Int) {
        while cursor < end, bytes[cursor] == 0x20 || bytes[cursor] == 0x09 { cursor += 1 }
    }

    private static func beginsName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private static let endsName = Set("{ \t\r".utf8)
    private static let numeric = Set("0123456789+-.e".utf8)
}
