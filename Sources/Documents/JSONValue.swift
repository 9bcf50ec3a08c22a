/// A JSON text as a value (RFC 8259). Of several members with one name the last counts.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Reads one whole text; nothing but white space may follow. Nested at most 64 deep.
    package init(_ bytes: [UInt8]) throws(DocumentError) {
        var reader = JSONReader(bytes)
        self = try reader.whole()
    }

    /// A member of an object; nil of anything else.
    package subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The elements of an array; none of anything else.
    package var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// A string as it stands, a whole number without a point, `true` and `false`; nil of anything else.
    package var text: String? {
        switch self {
        case .string(let text): text
        case .number(let number): Int64(exactly: number).map(String.init) ?? String(number)
        case .bool(let flag): String(flag)
        case .null, .array, .object: nil
        }
    }

    package var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }
}
