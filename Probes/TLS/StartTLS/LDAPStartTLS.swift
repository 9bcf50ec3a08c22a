/// LDAP's extended operation that asks for TLS (RFC 4511, sections 4.12 and 4.14), in BER.
enum LDAPStartTLS {
    enum Reading: Hashable {
        case incomplete
        /// How many bytes the answer took.
        case accepted(Int)
        case refused(String)
    }

    /// Message 1, ExtendedRequest, 1.3.6.1.4.1.1466.20037.
    static let request: [UInt8] = {
        let name = Array("1.3.6.1.4.1.1466.20037".utf8)
        let operation = [0x80, UInt8(name.count)] + name
        let message = [0x02, 0x01, 0x01, 0x77, UInt8(operation.count)] + operation
        return [0x30, UInt8(message.count)] + message
    }()

    static func read(_ bytes: [UInt8]) -> Reading {
        var message = bytes[...]
        guard let first = message.first else { return .incomplete }
        guard first == 0x30 else { return .refused("no LDAP message") }
        guard let whole = field(&message, tag: 0x30) else { return .incomplete }
        let taken = bytes.count - message.count
        var parts = whole
        guard field(&parts, tag: 0x02) != nil, var operation = field(&parts, tag: 0x78),
            let code = field(&operation, tag: 0x0a), code.count == 1, let result = code.first
        else { return .refused("no answer to an extended request") }
        guard result != 0 else { return .accepted(taken) }
        _ = field(&operation, tag: 0x04)
        let words = field(&operation, tag: 0x04).map { String(decoding: $0.prefix(200), as: UTF8.self) } ?? ""
        return .refused("result \(result)" + (words.isEmpty ? "" : ": \(words)"))
    }

    /// The content of the field at the start, which is taken away; nil when it is another one or not whole.
    private static func field(_ bytes: inout ArraySlice<UInt8>, tag: UInt8) -> ArraySlice<UInt8>? {
        guard bytes.first == tag, let (count, head) = length(of: bytes.dropFirst()),
            bytes.count - 1 - head >= count
        else { return nil }
        let content = bytes.dropFirst(1 + head).prefix(count)
        bytes = bytes.dropFirst(1 + head + count)
        return content
    }

    /// The length at the start and how many bytes say it (X.690, 8.1.3); nil when it is not whole, or indefinite.
    private static func length(of bytes: ArraySlice<UInt8>) -> (count: Int, head: Int)? {
        guard let first = bytes.first else { return nil }
        guard first >= 0x80 else { return (Int(first), 1) }
        let digits = bytes.dropFirst().prefix(Int(first & 0x7f))
        guard (1...4).contains(digits.count), digits.count == Int(first & 0x7f) else { return nil }
        return (digits.reduce(0) { $0 << 8 | Int($1) }, 1 + digits.count)
    }
}
