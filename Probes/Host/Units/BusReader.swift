/// Takes values out of the bytes of a D-Bus message; nil where they end too soon.
package struct BusReader: Hashable, Sendable {
    private let bytes: [UInt8]
    package var isBigEndian: Bool
    package private(set) var position = 0

    package init(bytes: [UInt8], isBigEndian: Bool = false) {
        self.bytes = bytes
        self.isBigEndian = isBigEndian
    }

    package var isAtEnd: Bool { position >= bytes.count }

    package mutating func align(to size: Int) {
        position = (position + size - 1) / size * size
    }

    package mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func integer() -> UInt32? {
        align(to: 4)
        guard position <= bytes.count, bytes.count - position >= 4 else { return nil }
        defer { position += 4 }
        let four = bytes[position..<position + 4]
        let value = four.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return isBigEndian ? value : value.byteSwapped
    }

    package mutating func string() -> String? {
        guard let size = integer() else { return nil }
        return text(size: Int(size))
    }

    package mutating func signature() -> String? {
        guard let size = byte() else { return nil }
        return text(size: Int(size))
    }

    private mutating func text(size: Int) -> String? {
        guard bytes.count - position > size, bytes[position + size] == 0 else { return nil }
        defer { position += size + 1 }
        return String(decoding: bytes[position..<position + size], as: UTF8.self)
    }
}
