package import Vocabulary

/// Moments as people write them in files and forms: `2026-11-28 22:00`, in UTC+07:00.
package enum LocalTime {
    /// Reads `2026-11-28 22:00`, also with seconds, with a `T` between, and with `Z` or `+07:00` at the end; a moment
    /// without an offset is in UTC+07:00. nil for everything else.
    package static func instant(_ text: some StringProtocol) -> Instant? {
        guard text.utf8.count >= 16, let day = LocalDay(text.prefix(10)) else { return nil }
        var rest = text.dropFirst(10)
        guard let mark = rest.popFirst(), mark == " " || mark == "T" else { return nil }
        var offset = LocalDay.offset
        if rest.last == "Z" {
            rest = rest.dropLast()
            offset = .zero
        } else if let sign = rest.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let shift = clock(rest[rest.index(after: sign)...], parts: 2...2) else { return nil }
            offset = rest[sign] == "-" ? .zero - .seconds(shift) : .seconds(shift)
            rest = rest[..<sign]
        }
        guard let time = clock(rest, parts: 2...3) else { return nil }
        return day.start + LocalDay.offset - offset + .seconds(time)
    }

    /// `2026-11-28 22:00`, with seconds where there are any; parts of a second are left out.
    package static func text(_ instant: Instant) -> String {
        let day = LocalDay(of: instant)
        let second = (instant - day.start).components.seconds
        let rest = second % 60 == 0 ? "" : ":\(two(second % 60))"
        return "\(day) \(two(second / 3600)):\(two(second / 60 % 60))\(rest)"
    }

    /// The seconds of `22:00` or `22:00:05`.
    private static func clock(_ text: some StringProtocol, parts allowed: ClosedRange<Int>) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard allowed.contains(parts.count), parts.allSatisfy({ $0.utf8.count == 2 && $0.isDigits }) else { return nil }
        let numbers = parts.compactMap { Int64($0) }
        guard numbers.count == parts.count, (0...23).contains(numbers[0]),
            numbers.dropFirst().allSatisfy({ (0...59).contains($0) })
        else { return nil }
        return numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0)
    }

    static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
