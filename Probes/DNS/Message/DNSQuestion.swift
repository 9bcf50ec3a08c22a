package import DNSSettings

/// A question on its way to a name server (RFC 1035, 4.1), with room for longer answers by UDP (RFC 6891).
package struct DNSQuestion: Hashable, Sendable {
    /// What UDP answers may have without being cut into fragments on usual lines (RFC 9715).
    package static let room: UInt16 = 1232

    package var identifier: UInt16
    package var name: DNSName
    package var type: RecordType
    package var wantsRecursion: Bool

    package init(identifier: UInt16, name: DNSName, type: RecordType, wantsRecursion: Bool) {
        self.identifier = identifier
        self.name = name
        self.type = type
        self.wantsRecursion = wantsRecursion
    }

    package var bytes: [UInt8] {
        var bytes = Self.word(identifier)
        bytes += [wantsRecursion ? 1 : 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
        bytes += section
        // The root, type OPT, our room, no flags, no options.
        bytes += [0, 0, 41] + Self.word(Self.room) + [0, 0, 0, 0, 0, 0]
        return bytes
    }

    /// By TCP and TLS a message comes after its length (RFC 1035, 4.2.2).
    package var framed: [UInt8] {
        let bytes = bytes
        return Self.word(UInt16(bytes.count)) + bytes
    }

    /// Name, type and class.
    private var section: [UInt8] {
        var section: [UInt8] = []
        for label in name.labels {
            section.append(UInt8(truncatingIfNeeded: label.count))
            section += label
        }
        section.append(0)
        section += Self.word(type.rawValue)
        return section + [0, 1]
    }

    /// What an answer is known by: the identifier, and the question that it has to repeat.
    package var key: UInt64 { Self.key(identifier, section[...]) }

    /// The key of the question that a message bears; nil when it is no answer or bears no question.
    package static func key(answering bytes: [UInt8]) -> UInt64? {
        guard bytes.count >= 17, bytes[2] & 0x80 != 0, bytes[4] == 0, bytes[5] == 1 else { return nil }
        var end = 12
        while end < bytes.count, bytes[end] != 0 {
            guard bytes[end] < 64 else { return nil }
            end += Int(bytes[end]) + 1
        }
        guard end + 5 <= bytes.count else { return nil }
        return key(UInt16(bytes[0]) << 8 | UInt16(bytes[1]), bytes[12..<(end + 5)])
    }

    /// FNV-1a of the section beside the identifier; letters of either case are one (RFC 4343).
    private static func key(_ identifier: UInt16, _ section: ArraySlice<UInt8>) -> UInt64 {
        let hash = section.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            return (hash ^ UInt64(isCapital ? byte + 32 : byte)) &* 0x100_0000_01b3
        }
        return hash << 16 | UInt64(identifier)
    }

    private static func word(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)] }
}
