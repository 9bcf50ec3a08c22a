/// Walks through the bytes of an XML document once (XML 1.0, 5th edition), as far as devices write it: elements,
/// attributes, text, CDATA, the five entities and character references.
struct XMLReader {
    private static let deepest = 64
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func root() throws(DocumentError) -> XMLElement {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
        var open: [XMLElement] = []
        var texts: [[UInt8]] = []
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<") else {
                let start = place
                while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
                if texts.isEmpty {
                    guard bytes[start..<place].allSatisfy(Self.isBlank) else {
                        throw DocumentError("text outside of the root", at: start)
                    }
                } else {
                    texts[texts.count - 1] += try Self.resolved(bytes[start..<place], at: start)
                }
                continue
            }
            if skip("<!--", to: "-->") || skip("<?", to: "?>") { continue }
            if starts(with: "<![CDATA[") {
                let start = place + 9
                guard skip("<![CDATA[", to: "]]>"), !texts.isEmpty else { throw fault("CDATA without an end") }
                texts[texts.count - 1] += bytes[start..<(place - 3)]
                continue
            }
            if starts(with: "<!--") || starts(with: "<?") { throw fault("a comment without an end") }
            if starts(with: "<!") { throw fault("a document type") }
            guard starts(with: "</") else {
                guard open.count < Self.deepest else { throw fault("nested too deep") }
                let (element, isEmpty) = try startTag()
                open.append(element)
                texts.append([])
                guard isEmpty else { continue }
                if let root = try close(&open, &texts) { return root }
                continue
            }
            place += 2
            let name = try name()
            guard open.last?.name == name else { throw fault("</\(name)> closes nothing") }
            skipBlanks()
            guard next == UInt8(ascii: ">") else { throw fault("a tag without an end") }
            place += 1
            if let root = try close(&open, &texts) { return root }
        }
        throw fault(open.isEmpty ? "no element" : "it ends within <\(open.last?.name ?? "")>")
    }

    /// Puts the innermost element into the one around it; returns it when it was the root.
    private mutating func close(
        _ open: inout [XMLElement], _ texts: inout [[UInt8]]
    ) throws(DocumentError) -> XMLElement? {
        guard var element = open.popLast(), let text = texts.popLast() else { return nil }
        var trimmed = text.drop(while: Self.isBlank)
        while let last = trimmed.last, Self.isBlank(last) { trimmed.removeLast() }
        element.text = String(decoding: trimmed, as: UTF8.self)
        guard open.isEmpty else {
            open[open.count - 1].children.append(element)
            return nil
        }
        while place < bytes.count {
            if skip("<!--", to: "-->") || skip("<?", to: "?>") { continue }
            guard Self.isBlank(bytes[place]) else { throw fault("something follows the root") }
            place += 1
        }
        return element
    }

    private mutating func startTag() throws(DocumentError) -> (XMLElement, isEmpty: Bool) {
        place += 1
        var element = XMLElement(try name())
        while true {
            skipBlanks()
            switch next {
            case UInt8(ascii: ">"):
                place += 1
                return (element, false)
            case UInt8(ascii: "/"):
                place += 1
                guard next == UInt8(ascii: ">") else { throw fault("a tag without an end") }
                place += 1
                return (element, true)
            case nil: throw fault("it ends within a tag")
            default:
                let name = try name()
                skipBlanks()
                guard next == UInt8(ascii: "=") else { throw fault("an attribute without a value") }
                place += 1
                skipBlanks()
                guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                    throw fault("a value without quotes")
                }
                place += 1
                let start = place
                while let byte = next, byte != quote { place += 1 }
                guard next == quote else { throw fault("it ends within a value") }
                element.attributes[name] = String(
                    decoding: try Self.resolved(bytes[start..<place], at: start), as: UTF8.self)
                place += 1
            }
        }
    }

    private mutating func name() throws(DocumentError) -> String {
        let start = place
        while let byte = next, !Self.isBlank(byte), !Self.delimiters.contains(byte) { place += 1 }
        guard place > start else { throw fault("no name") }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private func fault(_ problem: String) -> DocumentError { DocumentError(problem, at: place) }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipBlanks() {
        while let byte = next, Self.isBlank(byte) { place += 1 }
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }

    /// Passes over something that begins and ends so; false when it does not begin here or never ends.
    private mutating func skip(_ begin: StaticString, to end: StaticString) -> Bool {
        guard starts(with: begin) else { return false }
        let start = place
        place += begin.utf8CodeUnitCount
        while place < bytes.count {
            if starts(with: end) {
                place += end.utf8CodeUnitCount
                return true
            }
            place += 1
        }
        place = start
        return false
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
    }

    private static let delimiters = Set("<>/='\"".utf8)

    /// Text with its references in place.
    private static func resolved(_ raw: ArraySlice<UInt8>, at offset: Int) throws(DocumentError) -> [UInt8] {
        guard raw.contains(UInt8(ascii: "&")) else { return Array(raw) }
        var text: [UInt8] = []
        var rest = raw
        while let byte = rest.first {
            guard byte == UInt8(ascii: "&") else {
                text.append(byte)
                rest = rest.dropFirst()
                continue
            }
            guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let character = character(String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self))
            else { throw DocumentError("an unknown reference", at: rest.startIndex) }
            text += String(character).utf8
            rest = rest[(end + 1)...]
        }
        return text
    }

    private static func character(_ reference: String) -> Unicode.Scalar? {
        switch reference {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard reference.hasPrefix("#") else { return nil }
            let digits = reference.dropFirst()
            let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(Unicode.Scalar.init)
        }
    }
}
