/// Numbers as plug-ins write them in the C locale.
enum PlainNumber {
    /// Digits with a point, a sign and an exponent where there is one; nil for anything else, `inf`, `nan`, `0x10` and
    /// `1,5` among it.
    static func read(_ bytes: some Collection<UInt8>) -> Double? {
        guard !bytes.isEmpty, bytes.count <= 64, bytes.contains(where: isDigit) else { return nil }
        let isPlain = bytes.allSatisfy { byte in
            isDigit(byte)
                || [
                    UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"),
                ].contains(byte)
        }
        guard isPlain, let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite else { return nil }
        return number
    }

    /// How many bytes at the front are a number, the longest that is one.
    static func length(in bytes: some Collection<UInt8>) -> Int {
        var (length, hasPoint, hasDigit) = (0, false, false)
        for byte in bytes {
            if isDigit(byte) {
                hasDigit = true
            } else if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if length > 0 || (byte != UInt8(ascii: "-") && byte != UInt8(ascii: "+")) {
                break
            }
            length += 1
        }
        guard hasDigit else { return 0 }
        return length + exponent(in: bytes.dropFirst(length))
    }

    /// `e-05`; a lone `e` may begin a unit.
    private static func exponent(in bytes: some Collection<UInt8>) -> Int {
        guard let first = bytes.first, first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { return 0 }
        var rest = bytes.dropFirst()
        let sign = rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") ? 1 : 0
        rest = rest.dropFirst(sign)
        let digits = rest.prefix(while: isDigit).count
        return digits == 0 ? 0 : 1 + sign + digits
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Without a point where it is whole.
    static func text(_ number: Double) -> String {
        if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 { return "\(whole)" }
        return "\(number)"
    }
}
