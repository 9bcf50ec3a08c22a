/// The differentiated services code points that have names (RFC 2474, 2597, 3246, 5865, 8622).
package enum CodePoint {
    private static let named: [String: UInt8] = [
        "be": 0, "cs0": 0, "le": 1, "cs1": 8, "cs2": 16, "cs3": 24, "cs4": 32, "cs5": 40, "cs6": 48, "cs7": 56,
        "af11": 10, "af12": 12, "af13": 14, "af21": 18, "af22": 20, "af23": 22, "af31": 26, "af32": 28, "af33": 30,
        "af41": 34, "af42": 36, "af43": 38, "ef": 46, "va": 44,
    ]

    /// The number of a name or a number itself, 0…63; nil for anything else.
    package static func parse(_ text: String) -> UInt8? {
        if let number = UInt8(text) { return number < 64 ? number : nil }
        return named[text.lowercased()]
    }
}

extension SettingsReader {
    /// How packets are marked; best effort when nothing is said.
    package mutating func codePoint(_ key: String) throws(SettingsError) -> UInt8 {
        guard let value = text(key) else { return 0 }
        guard let point = CodePoint.parse(value) else {
            throw SettingsError(
                key: key, problem: "\"\(value)\" is neither a code point from 0 to 63 nor a name such as ef, af41, cs3")
        }
        return point
    }
}
