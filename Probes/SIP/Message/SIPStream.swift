/// Cuts what comes over a connection into messages by Content-Length (RFC 3261, 18.3), however it is broken up.
///
/// A value: bytes go in, messages come out. It holds at most `SIPResponse.sizeLimit` bytes, and its cost is linear.
package struct SIPStream: Sendable {
    package enum Item: Hashable, Sendable {
        case message([UInt8])
        /// An empty line between messages: the answer to a keep-alive (RFC 5626, 3.5.1).
        case pong
        /// What came is not SIP, or too long to be read.
        case rubbish
    }

    private var buffer: [UInt8] = []
    /// Before it no line ends that could end the head.
    private var searched = 0
    /// The first line was read, and is SIP's.
    private var hasBegun = false
    /// Where the message ends, once its head is there.
    private var end: Int?
    private var isBroken = false

    package init() {}

    package var isEmpty: Bool { buffer.isEmpty }
    /// What has come of a message that is not whole.
    package var rest: [UInt8] { buffer }

    package mutating func take(_ bytes: some Collection<UInt8>) {
        guard !isBroken, buffer.count <= SIPResponse.sizeLimit else { return }
        buffer.append(contentsOf: bytes)
    }

    /// The next item; nil when more has to come first.
    package mutating func next() -> Item? {
        guard !isBroken else { return nil }
        if end == nil, let first = buffer.first, first == 0x0d || first == 0x0a { return emptyLine() }
        if end == nil { end = findEnd() }
        guard !isBroken, end ?? buffer.count <= SIPResponse.sizeLimit else {
            isBroken = true
            return .rubbish
        }
        guard let end, end <= buffer.count else { return nil }
        let message = Array(buffer[..<end])
        drop(end)
        return .message(message)
    }

    private mutating func emptyLine() -> Item? {
        if buffer[0] == 0x0a {
            drop(1)
            return .pong
        }
        guard buffer.count > 1 else { return nil }
        guard buffer[1] == 0x0a else {
            isBroken = true
            return .rubbish
        }
        drop(2)
        return .pong
    }

    private mutating func drop(_ count: Int) {
        buffer.removeFirst(count)
        (searched, hasBegun, end) = (0, false, nil)
    }

    /// Looks for the empty line after a head, and adds what Content-Length says; without one the head is all.
    private mutating func findEnd() -> Int? {
        while let feed = buffer[searched...].firstIndex(of: 0x0a) {
            searched = feed
            // What does not begin as SIP does need not be waited for.
            guard hasBegun || begins(buffer[...feed]) else {
                isBroken = true
                return nil
            }
            hasBegun = true
            let next = feed + 1
            let isEmptyLine = next < buffer.count && buffer[next] == 0x0a
            let isEmptyWhole = next + 1 < buffer.count && buffer[next] == 0x0d && buffer[next + 1] == 0x0a
            if isEmptyLine || isEmptyWhole {
                let head = next + (isEmptyLine ? 1 : 2)
                return head + bodyLength(head)
            }
            // The bytes that decide may not have come yet.
            guard next + 1 < buffer.count else { return nil }
            searched = next
        }
        searched = buffer.count
        return nil
    }

    private func begins(_ line: ArraySlice<UInt8>) -> Bool {
        let line = Array(line)
        var reader = HeadReader(line)
        return reader.statusLine(in: line) != nil || HeadReader.isRequest(line)
    }

    /// Of a response or of a request that the other side sends: both have to be passed over whole.
    private func bodyLength(_ head: Int) -> Int {
        let bytes = Array(buffer[..<head])
        var reader = HeadReader(bytes)
        reader.skipLine(in: bytes)
        let value: Range<Int>? = bytes.withUnsafeBufferPointer { pointer in
            while let (name, value) = reader.field(in: pointer) {
                if SIPField(pointer[name]) == .contentLength { return value }
            }
            return nil
        }
        return value.flatMap { Decimal.leading(bytes[$0]) } ?? 0
    }
}
