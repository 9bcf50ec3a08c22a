/// The text form of keys and certificates (RFC 7468): Base64 between BEGIN and END lines.
enum PEM {
    static func encode(_ label: String, _ der: [UInt8]) -> String {
        var text = "-----BEGIN \(label)-----\n"
        var rest = Array(Base64.standard.encode(der).utf8)[...]
        while !rest.isEmpty {
            text += String(decoding: rest.prefix(64), as: UTF8.self) + "\n"
            rest = rest.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }

    /// The bytes of the one block in a text; other words around it are allowed, a second block is not.
    static func decode(_ text: String, label: String, operation: String) throws(KeysError) -> [UInt8] {
        var body: String?
        var found: [UInt8]?
        for line in text.split(whereSeparator: \.isNewline) {
            let line = trimmed(line)
            if line.hasPrefix("-----BEGIN ") {
                guard body == nil, found == nil else { throw KeysError(operation, "more than one PEM block") }
                guard line == "-----BEGIN \(label)-----" else {
                    throw KeysError(operation, "expected a PEM block \(label), got \(line.prefix(80))")
                }
                body = ""
            } else if line.hasPrefix("-----END "), let whole = body {
                guard line == "-----END \(label)-----", let der = Base64.standard.decode(whole) else {
                    throw KeysError(operation, "the PEM block is damaged")
                }
                found = der
                body = nil
            } else if body != nil {
                body?.append(contentsOf: line)
            }
        }
        guard body == nil else { throw KeysError(operation, "the PEM block has no end") }
        guard let found else { throw KeysError(operation, "no PEM block \(label)") }
        return found
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line.drop(while: \.isWhitespace)
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }
}
