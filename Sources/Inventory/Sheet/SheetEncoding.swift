/// How the characters of a sheet were written as bytes.
package enum SheetEncoding: String, Sendable {
    case utf8 = "UTF-8"
    /// With the mark by which spreadsheets know it.
    case markedUTF8 = "UTF-8 with mark"
    /// What Excel calls "Unicode text".
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"

    static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// What the mark in front says; without a mark it is UTF-8, and cells that are not are told one by one.
    static func detected(in bytes: [UInt8]) -> SheetEncoding {
        if bytes.starts(with: mark) { return .markedUTF8 }
        if bytes.starts(with: [0xff, 0xfe]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xfe, 0xff]) { return .utf16BigEndian }
        return .utf8
    }

    /// The bytes as UTF-8 without the mark.
    ///
    /// What is no character becomes bytes that are no UTF-8 either, so that the fault is found in its cell.
    func unmarked(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .utf8: bytes
        case .markedUTF8: Array(bytes.dropFirst(Self.mark.count))
        case .utf16LittleEndian: Self.transcoded(bytes, high: 1)
        case .utf16BigEndian: Self.transcoded(bytes, high: 0)
        }
    }

    private static func transcoded(_ bytes: [UInt8], high: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        let unit = { (at: Int) in UInt32(bytes[at + high]) << 8 | UInt32(bytes[at + 1 - high]) }
        var at = 2
        while at + 1 < bytes.count {
            var scalar = unit(at)
            at += 2
            if (0xd800...0xdbff).contains(scalar), at + 1 < bytes.count, (0xdc00...0xdfff).contains(unit(at)) {
                scalar = 0x10000 + (scalar - 0xd800) << 10 + (unit(at) - 0xdc00)
                at += 2
            }
            append(scalar, to: &out)
        }
        if at < bytes.count { out.append(0xff) }
        return out
    }

    /// A lone surrogate comes out in the three bytes that UTF-8 forbids.
    private static func append(_ scalar: UInt32, to out: inout [UInt8]) {
        let low = { (shift: UInt32) in UInt8(0x80 | (scalar >> shift) & 0x3f) }
        switch scalar {
        case ..<0x80: out.append(UInt8(scalar))
        case ..<0x800: out += [UInt8(0xc0 | scalar >> 6), low(0)]
        case ..<0x10000: out += [UInt8(0xe0 | scalar >> 12), low(6), low(0)]
        default: out += [UInt8(0xf0 | (scalar >> 18) & 0x07), low(12), low(6), low(0)]
        }
    }
}
