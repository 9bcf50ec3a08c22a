/// Goes through the head of a message line by line, unfolding (RFC 3261, 7.3.1). Positions never leave the bytes.
struct HeadReader {
    private var position = 0

    private static let version = Array("SIP/2.0".utf8)

    init(_ bytes: [UInt8]) {
        // Empty lines before a message are to be ignored (RFC 3261, 7.5).
        while position < bytes.count, bytes[position] == 0x0d || bytes[position] == 0x0a { position += 1 }
    }

    /// `SIP/2.0 200 OK`; nil when it is none.
    mutating func statusLine(in bytes: [UInt8]) -> (status: Int, phrase: Range<Int>)? {
        bytes.withUnsafeBufferPointer { statusLine(in: $0) }
    }

    private mutating func statusLine(in bytes: UnsafeBufferPointer<UInt8>) -> (status: Int, phrase: Range<Int>)? {
        var end = position
        while end < bytes.count, bytes[end] != 0x0a { end += 1 }
        var place = position
        for letter in Self.version {
            guard place < end, bytes[place] == letter || bytes[place] ^ 0x20 == letter && letter >= 0x41 else {
                return nil
            }
            place += 1
        }
        guard place < end, Self.isBlank(bytes[place]) else { return nil }
        while place < end, Self.isBlank(bytes[place]) { place += 1 }
        let digits = place
        var status = 0
        while place < end, place - digits < 4, bytes[place] >= 0x30, bytes[place] <= 0x39 {
            status = 10 * status + Int(bytes[place] - 0x30)
            place += 1
        }
        guard place - digits == 3, status >= 100, status < 700 else { return nil }
        guard place == end || bytes[place] <= 0x20 else { return nil }
        while place < end, Self.isBlank(bytes[place]) { place += 1 }
        position = end < bytes.count ? end + 1 : end
        while place < end, bytes[end - 1] == 0x0d || bytes[end - 1] == 0x20 { end -= 1 }
        return (status, place..<end)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    mutating func skipLine(in bytes: [UInt8]) {
        position = bytes[position...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.endIndex
    }

    /// `METHOD uri SIP/2.0`.
    static func isRequest(_ bytes: [UInt8]) -> Bool {
        let line = bytes.drop { $0 == 0x0d || $0 == 0x0a }.prefix { $0 != 0x0a && $0 != 0x0d }
        let method = line.prefix { $0 > 0x20 }
        return !method.isEmpty && method.allSatisfy { $0 >= 0x41 && $0 <= 0x5a }
            && line.suffix(7).elementsEqual(version)
    }

    /// The next field's name and value, nil at the empty line or the end. A line without a colon is passed over.
    mutating func field(in bytes: UnsafeBufferPointer<UInt8>) -> (name: Range<Int>, value: Range<Int>)? {
        while position < bytes.count {
            let start = position
            var colon: Int?
            var end = start
            // To the end of the line, and of the lines that continue it.
            while true {
                while end < bytes.count, bytes[end] != 0x0a {
                    if colon == nil, bytes[end] == 0x3a { colon = end }
                    end += 1
                }
                position = min(end + 1, bytes.count)
                if end == start || end == start + 1 && bytes[start] == 0x0d {
                    position = bytes.count
                    return nil
                }
                guard position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 else { break }
                end = position
            }
            guard let colon else { continue }
            let name = Self.trimmed(start..<colon, in: bytes)
            return (name, Self.trimmed((colon + 1)..<end, in: bytes))
        }
        return nil
    }

    private static func trimmed(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high, bytes[low] <= 0x20 { low += 1 }
        while low < high, bytes[high - 1] <= 0x20 { high -= 1 }
        return low..<high
    }
}
