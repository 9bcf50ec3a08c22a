/// A D-Bus message, as far as asking a service and hearing its answer needs one (D-Bus specification 0.43).
package struct BusMessage: Hashable, Sendable {
    package enum Kind: UInt8, Sendable {
        case call = 1
        case answer = 2
        case error = 3
        case signal = 4
    }

    package var kind: Kind
    package var answers: UInt32?
    package var errorName: String
    package var signature: String
    package var body: BusReader

    /// Longer ones are refused: the list of failed units is a few kilobytes.
    package static let longest = 4 << 20

    /// The bytes of a call without arguments, or with one argument that is a list of strings.
    package static func call(
        serial: UInt32, destination: String, path: String, interface: String, member: String, list: [String]? = nil
    ) -> [UInt8] {
        var body = BusWriter()
        if let list { body.list(list) }
        var fields = BusWriter()
        fields.field(1, type: "o", path)
        fields.field(2, type: "s", interface)
        fields.field(3, type: "s", member)
        fields.field(6, type: "s", destination)
        if list != nil { fields.signatureField("as") }
        var message = BusWriter()
        // Little-endian, method call, no flags, protocol version 1.
        message.bytes = [UInt8(ascii: "l"), Kind.call.rawValue, 0, 1]
        message.integer(UInt32(truncatingIfNeeded: body.bytes.count))
        message.integer(serial)
        message.integer(UInt32(truncatingIfNeeded: fields.bytes.count))
        message.bytes += fields.bytes
        message.align(to: 8)
        return message.bytes + body.bytes
    }

    /// Takes the first message off `bytes`; nil while it is not whole yet.
    package static func take(from bytes: inout [UInt8]) throws(UnitsError) -> BusMessage? {
        guard bytes.count >= 16 else { return nil }
        var reader = BusReader(bytes: bytes)
        guard let order = reader.byte(), order == UInt8(ascii: "l") || order == UInt8(ascii: "B") else {
            throw .malformed("byte order")
        }
        reader.isBigEndian = order == UInt8(ascii: "B")
        guard let kindCode = reader.byte(), let kind = Kind(rawValue: kindCode), reader.byte() != nil,
            reader.byte() == 1, let bodySize = reader.integer(), reader.integer() != nil,
            let fieldsSize = reader.integer()
        else { throw .malformed("header") }
        guard bodySize <= longest, fieldsSize <= longest else { throw .malformed("message too long") }
        let fieldsEnd = 16 + Int(fieldsSize)
        let bodyStart = (fieldsEnd + 7) / 8 * 8
        let end = bodyStart + Int(bodySize)
        guard bytes.count >= end else { return nil }
        var message = BusMessage(
            kind: kind, answers: nil, errorName: "", signature: "",
            body: BusReader(bytes: Array(bytes[bodyStart..<end]), isBigEndian: reader.isBigEndian))
        // By themselves: a length that lies must not reach into the body, or into what came after the message.
        var fields = BusReader(bytes: Array(bytes[16..<fieldsEnd]), isBigEndian: reader.isBigEndian)
        try message.read(&fields)
        bytes.removeFirst(end)
        return message
    }

    private mutating func read(_ reader: inout BusReader) throws(UnitsError) {
        while !reader.isAtEnd {
            reader.align(to: 8)
            guard !reader.isAtEnd else { return }
            guard let code = reader.byte(), let type = reader.signature() else { throw .malformed("header field") }
            switch type {
            case "s", "o":
                guard let text = reader.string() else { throw .malformed("header text") }
                if code == 4 { errorName = text }
            case "g":
                guard let text = reader.signature() else { throw .malformed("header signature") }
                if code == 8 { signature = text }
            case "u":
                guard let number = reader.integer() else { throw .malformed("header number") }
                if code == 5 { answers = number }
            default: throw .malformed("header field of type \(type)")
            }
        }
    }
}
