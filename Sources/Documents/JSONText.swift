/// A value on its way to JSON (RFC 8259), as `JSONValue` is one that came.
package enum JSONText: CustomStringConvertible {
    case text(String)
    case number(Double)
    case integer(Int64)
    case truth(Bool)
    case array([JSONText])
    case object([(String, JSONText)])

    package var description: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): number.isFinite ? (Int64(exactly: number).map { "\($0)" } ?? "\(number)") : "null"
        case .integer(let number): "\(number)"
        case .truth(let truth): truth ? "true" : "false"
        case .array(let items): "[" + items.map(\.description).joined(separator: ",") + "]"
        case .object(let fields):
            "{" + fields.map { "\(Self.quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
