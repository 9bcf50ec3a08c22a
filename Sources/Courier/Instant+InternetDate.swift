package import Vocabulary

/// The one form of a date that HTTP (RFC 9110, 5.6.7) and mail (RFC 5322, 3.3) share but for its last word.
extension Instant {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Tue, 14 Nov 2023 22:13:20 GMT`; nil for anything else.
    package init?(httpDate text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 6, words[0].count == 4, words[5] == "GMT" || words[5] == "UTC",
            let month = Self.months.firstIndex(of: words[2])
        else { return nil }
        let time = words[4].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = ([words[3], words[1]] + time.map(String.init)).compactMap { Int64($0) }
        guard time.count == 3, numbers.count == 5 else { return nil }
        let ranges: [ClosedRange<Int64>] = [0...9999, 1...31, 0...23, 0...59, 0...60]
        guard zip(ranges, numbers).allSatisfy({ $0.contains($1) }) else { return nil }
        let day = Self.days(year: numbers[0], month: Int64(month) + 1, day: numbers[1])
        self.init(seconds: ((day * 24 + numbers[2]) * 60 + numbers[3]) * 60 + numbers[4])
    }

    /// `Tue, 14 Nov 2023 22:13:20 +0000`.
    package var mailDate: String {
        // What is sent is dated today: no clock that anybody mails by stands before 1970.
        let seconds = max(seconds, 0)
        let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = Self.civil(fromDays: day)
        let clock = [second / 3600, second / 60 % 60, second % 60].map(Self.two).joined(separator: ":")
        return "\(Self.weekdays[Int(day % 7)]), \(Self.two(date.day)) \(Self.months[Int(date.month) - 1]) "
            + "\(date.year) \(clock) +0000"
    }

    private static func two(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
