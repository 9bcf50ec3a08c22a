/// Cuts what comes over a call signalling connection into messages (RFC 1006, 6: TPKT), however it is broken up.
package struct TPKTStream: Sendable {
    package enum Item: Hashable, Sendable {
        /// What stands after the four bytes of the header.
        case message([UInt8])
        /// What came does not begin as a TPKT does.
        case rubbish
    }

    private var buffer: [UInt8] = []
    private static let header = 4

    package init() {}

    /// What has come of a message that is not whole, or of rubbish.
    package var rest: [UInt8] { buffer }

    package mutating func take(_ bytes: [UInt8]) {
        guard buffer.count <= 1 << 16 else { return }
        buffer.append(contentsOf: bytes)
    }

    /// The next item; nil when more has to come first. After rubbish there is nothing more.
    package mutating func next() -> Item? {
        guard zip(buffer, [3, 0]).allSatisfy({ $0 == $1 }) else { return .rubbish }
        guard buffer.count >= Self.header else { return nil }
        let length = Int(buffer[2]) << 8 | Int(buffer[3])
        guard length >= Self.header else { return .rubbish }
        guard buffer.count >= length else { return nil }
        let message = Array(buffer[Self.header..<length])
        buffer.removeFirst(length)
        return .message(message)
    }
}
