/// Base64 as RFC 4648 has it, strict: one text for one value, so no blanks, no stray bits, padding as it must be.
package struct Base64: Sendable {
    /// Section 4: `+`, `/` and padding.
    package static let standard = Base64(last: "+/", isPadded: true)
    /// Section 5: `-`, `_` and no padding.
    package static let url = Base64(last: "-_", isPadded: false)

    private let alphabet: [UInt8]
    private let values: [UInt8]
    private let isPadded: Bool
    private static let pad = UInt8(ascii: "=")
    private static let none: UInt8 = 0xff

    private init(last: String, isPadded: Bool) {
        alphabet = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
        var values = [UInt8](repeating: Self.none, count: 256)
        for (value, letter) in alphabet.enumerated() {
            values[Int(letter)] = UInt8(value)
        }
        self.values = values
        self.isPadded = isPadded
    }

    package func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var held = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            held += 8
            while held >= 6 {
                held -= 6
                text.append(alphabet[Int(bits >> UInt32(held) & 63)])
            }
        }
        if held > 0 { text.append(alphabet[Int(bits << UInt32(6 - held) & 63)]) }
        while isPadded && text.count % 4 != 0 { text.append(Self.pad) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil when it is not exactly what `encode` would have made of them.
    package func decode(_ text: some StringProtocol) -> [UInt8]? {
        var letters = Array(text.utf8)
        if isPadded {
            guard letters.count % 4 == 0 else { return nil }
            for _ in 0..<2 where letters.last == Self.pad { letters.removeLast() }
        }
        guard letters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var held = 0
        for letter in letters {
            let value = values[Int(letter)]
            guard value != Self.none else { return nil }
            bits = bits << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
            }
        }
        // Bits that are left over must be zero: else two texts would stand for one value.
        guard bits & (1 << UInt32(held) - 1) == 0 else { return nil }
        return bytes
    }
}
