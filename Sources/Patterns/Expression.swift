import Glibc

/// A regular expression of the system's C library (regex(7), extended), in the C locale: bytes are characters.
///
/// It is compiled anew for each use, which takes some microseconds: what the library keeps is nobody's between two uses.
struct Expression: Hashable, Sendable {
    private let text: String
    private let ignoresCase: Bool

    /// How often something may be repeated by number, nested repetitions multiplied: the library unrolls them all, and makes
    /// two of whatever stands before a `+`, so that ten of those around one another are a thousand.
    private static let mostRepetitions = 1000
    private static let longest = 500

    init(_ text: String, ignoresCase: Bool) throws(PatternFault) {
        self.text = text
        self.ignoresCase = ignoresCase
        guard text.utf8.count <= Self.longest else { throw PatternFault("is longer than \(Self.longest) bytes") }
        try Self.judge(Array(text.utf8))
        var compiled = regex_t()
        let code = regcomp(&compiled, text, flags)
        guard code == 0 else {
            var words = [CChar](repeating: 0, count: 120)
            regerror(code, &compiled, &words, words.count)
            let text = String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw PatternFault("is no regular expression: \(text)")
        }
        regfree(&compiled)
    }

    /// Refuses what the library takes but a machine would suffer from.
    private static func judge(_ bytes: [UInt8]) throws(PatternFault) {
        var (repetitions, number, isEscaped, isCounting) = (1, 0, false, false)
        var previous: UInt8 = 0
        func repeats(_ times: Int) throws(PatternFault) {
            repetitions *= times
            guard repetitions <= mostRepetitions else {
                throw PatternFault("repeats more than \(mostRepetitions) times in all")
            }
        }
        for byte in bytes {
            let wasEscaped = isEscaped
            defer { previous = wasEscaped ? 0 : byte }
            if isEscaped {
                isEscaped = false
                guard !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte) else {
                    throw PatternFault("refers back to a group, which may take for ever")
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "{"): (isCounting, number) = (true, 0)
            case UInt8(ascii: "}") where isCounting:
                isCounting = false
                try repeats(max(1, number))
            case UInt8(ascii: "+") where Self.ends.contains(previous): try repeats(2)
            case UInt8(ascii: ",") where isCounting: number = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9") where isCounting:
                number = min(number * 10 + Int(byte - UInt8(ascii: "0")), mostRepetitions + 1)
            default: break
            }
        }
    }

    /// What ends a group or a repetition.
    private static let ends = Set(")+*?}".utf8)

    private var flags: Int32 {
        REG_EXTENDED | REG_NOSUB | (ignoresCase ? REG_ICASE : 0)
    }

    func matches(_ bytes: [UInt8]) -> Bool {
        var compiled = regex_t()
        guard regcomp(&compiled, text, flags) == 0 else { return false }
        defer { regfree(&compiled) }
        // From here to there, so that a zero byte ends nothing (REG_STARTEND). One stands behind all the same: not every
        // library knows that flag.
        var extent = regmatch_t(rm_so: 0, rm_eo: regoff_t(clamping: bytes.count))
        return (bytes + [0]).withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return regexec(&compiled, start, 1, &extent, REG_STARTEND) == 0
        }
    }
}
