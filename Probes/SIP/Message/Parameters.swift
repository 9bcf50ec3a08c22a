/// The parameters of a header field's value: `;name=value`, values plain or quoted (RFC 3261, 25.1: generic-param).
enum Parameters {
    /// The value of a parameter of the first element of a list; quotes are taken off, what is within angle brackets is
    /// another's. `name` is in lower case.
    static func value(of name: StaticString, in field: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = field
        while let start = next(UInt8(ascii: ";"), in: rest) {
            rest = rest[(start + 1)...].drop { $0 <= 0x20 }
            let word = rest.prefix { $0 != 0x3d && $0 != 0x3b && $0 != 0x2c && $0 > 0x20 }
            rest = rest.dropFirst(word.count)
            guard isWord(word, name) else { continue }
            let value = rest.drop { $0 <= 0x20 }
            guard value.first == UInt8(ascii: "=") else { return nil }
            return plain(value.dropFirst().drop { $0 <= 0x20 })
        }
        return nil
    }

    /// Where `sign` stands outside quotes and angle brackets, before the list's next element.
    static func next(_ sign: UInt8, in bytes: ArraySlice<UInt8>) -> Int? {
        var (isQuoted, isEscaped, isInBrackets) = (false, false, false)
        for index in bytes.indices {
            let byte = bytes[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isQuoted = false }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if isInBrackets {
                if byte == UInt8(ascii: ">") { isInBrackets = false }
            } else if byte == sign {
                return index
            } else if byte == UInt8(ascii: "<") {
                isInBrackets = true
            } else if byte == UInt8(ascii: ",") {
                return nil
            }
        }
        return nil
    }

    /// The elements of a comma-separated list; at most `limit`.
    static func elements(of field: ArraySlice<UInt8>, limit: Int) -> [ArraySlice<UInt8>] {
        var elements: [ArraySlice<UInt8>] = []
        var rest = field
        while elements.count < limit {
            guard let comma = next(UInt8(ascii: ","), in: rest) else {
                elements.append(rest)
                break
            }
            elements.append(rest[..<comma])
            rest = rest[(comma + 1)...]
        }
        return elements
    }

    private static func plain(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard value.first == UInt8(ascii: "\"") else {
            return value.prefix { $0 != 0x3b && $0 != 0x2c && $0 > 0x20 }
        }
        let inner = value.dropFirst()
        return inner[..<(inner.firstIndex(of: UInt8(ascii: "\"")) ?? inner.endIndex)]
    }

    static func isWord(_ bytes: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            word.count == bytes.count
                && zip(bytes, word).allSatisfy { $0 == $1 || ($0 &+ 0x20 == $1 && $0 >= 0x41 && $0 <= 0x5a) }
        }
    }
}
