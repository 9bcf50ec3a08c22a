/// Walks through the bytes of a JSON text once.
struct JSONReader {
    private static let deepest = 64
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func whole() throws(DocumentError) -> JSONValue {
        let value = try value(depth: 0)
        skipBlanks()
        guard place == bytes.count else { throw fault("something follows the value") }
        return value
    }

    private func fault(_ problem: String) -> DocumentError { DocumentError(problem, at: place) }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { place += 1 }
    }

    private mutating func value(depth: Int) throws(DocumentError) -> JSONValue {
        guard depth < Self.deepest else { throw fault("nested too deep") }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("it ends before the value")
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(DocumentError) -> JSONValue {
        guard bytes[place...].starts(with: word.utf8) else { throw fault("no value") }
        place += word.utf8.count
        return value
    }

    /// Takes a comma and returns true, or the closing byte and returns false.
    private mutating func goesOn(until closing: UInt8) throws(DocumentError) -> Bool {
        skipBlanks()
        defer { place += 1 }
        switch next {
        case UInt8(ascii: ","): return true
        case closing: return false
        default: throw fault("no comma and no end")
        }
    }

    private mutating func array(depth: Int) throws(DocumentError) -> JSONValue {
        place += 1
        skipBlanks()
        if next == UInt8(ascii: "]") {
            place += 1
            return .array([])
        }
        var elements: [JSONValue] = []
        repeat { elements.append(try value(depth: depth + 1)) } while try goesOn(until: UInt8(ascii: "]"))
        return .array(elements)
    }

    private mutating func object(depth: Int) throws(DocumentError) -> JSONValue {
        place += 1
        skipBlanks()
        if next == UInt8(ascii: "}") {
            place += 1
            return .object([:])
        }
        var members: [String: JSONValue] = [:]
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw fault("a member without a name") }
            let name = try string()
            skipBlanks()
            guard next == UInt8(ascii: ":") else { throw fault("a member without a colon") }
            place += 1
            members[name] = try value(depth: depth + 1)
        } while try goesOn(until: UInt8(ascii: "}"))
        return .object(members)
    }

    /// From one quote to the next; bytes that are not UTF-8 are replaced.
    private mutating func string() throws(DocumentError) -> String {
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escaped().utf8
            case 0..<0x20: throw fault("a control character in a string")
            default: text.append(byte)
            }
        }
        throw fault("it ends within a string")
    }

    private mutating func escaped() throws(DocumentError) -> String {
        guard let byte = next else { throw fault("it ends within a string") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try codeUnit()
            guard (0xd800..<0xdc00).contains(unit), bytes[place...].starts(with: "\\u".utf8) else {
                return String(decoding: [unit], as: UTF16.self)
            }
            // The second half of a character beyond the first 65,536.
            place += 2
            return String(decoding: [unit, try codeUnit()], as: UTF16.self)
        default: throw fault("an unknown escape")
        }
    }

    private mutating func codeUnit() throws(DocumentError) -> UInt16 {
        guard bytes.count - place >= 4,
            let unit = UInt16(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
        else { throw fault("\\u without four digits") }
        place += 4
        return unit
    }

    private mutating func number() throws(DocumentError) -> Double {
        let start = place
        while let byte = next, Self.numeric.contains(byte) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard !text.hasPrefix("+"), let number = Double(text) else {
            throw DocumentError("no value", at: start)
        }
        // 1e999 would become infinity, with which nobody can do anything.
        guard number.isFinite else { throw DocumentError("a number too large", at: start) }
        return number
    }

    private static let numeric = Set("0123456789+-.eE".utf8)
}
