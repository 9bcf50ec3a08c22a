import Vocabulary

extension Instant {
    /// A date as OpenSSL prints it, `Nov  3 06:25:16 2026 GMT`, or as libcurl does, `2026-11-03 06:25:16 GMT`.
    init?(certificateDate text: String) {
        let words = text.split(separator: " ")
        let date: [Int64?]
        let clock: Substring
        switch words.count {
        case 5 where words[4] == "GMT":
            date = [Int64(words[3]), Self.months.firstIndex(of: words[0]).map { Int64($0) + 1 }, Int64(words[1])]
            clock = words[2]
        case 3 where words[2] == "GMT":
            date = words[0].split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
            clock = words[1]
        default: return nil
        }
        let time = clock.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        let numbers = (date + time).compactMap { $0 }
        guard date.count == 3, time.count == 3, numbers.count == 6 else { return nil }
        let ranges: [ClosedRange<Int64>] = [0...9999, 1...12, 1...31, 0...23, 0...59, 0...60]
        guard zip(ranges, numbers).allSatisfy({ $0.contains($1) }) else { return nil }
        let day = Self.days(year: numbers[0], month: numbers[1], day: numbers[2])
        self.init(seconds: ((day * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5])
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
