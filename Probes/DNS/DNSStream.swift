/// Messages out of the bytes of a connection, each after its length (RFC 1035, 4.2.2).
package struct DNSStream: Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    package mutating func take(_ more: [UInt8]) { bytes += more }

    /// The next whole message; nil until it has come.
    package mutating func next() -> [UInt8]? {
        guard bytes.count >= 2 else { return nil }
        let length = Int(bytes[0]) << 8 | Int(bytes[1])
        guard bytes.count >= 2 + length else { return nil }
        defer { bytes.removeFirst(2 + length) }
        return Array(bytes[2..<(2 + length)])
    }
}
