/// A day of the proleptic Gregorian calendar, from year 1900 to 2200.
package struct BookDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Reads `2023-04-05`, and `05/04/2023`, `5-4-2023`, `5.4.2023` with the day first, as Vietnam writes it.
    package init?(_ text: String) {
        for separator: Character in ["-", "/", "."] where text.contains(separator) {
            let parts = text.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3, parts.allSatisfy({ part in part.utf8.allSatisfy { (48...57).contains($0) } }),
                parts[1].utf8.count <= 2
            else { return nil }
            let numbers = parts.compactMap { Int($0) }
            guard numbers.count == 3 else { return nil }
            if parts[0].utf8.count == 4, parts[2].utf8.count <= 2 {
                self.init(year: numbers[0], month: numbers[1], day: numbers[2])
            } else if parts[2].utf8.count == 4, parts[0].utf8.count <= 2 {
                self.init(year: numbers[2], month: numbers[1], day: numbers[0])
            } else {
                return nil
            }
            return
        }
        return nil
    }

    /// nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1900...2200).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= days[month - 1] else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    package static func < (left: BookDate, right: BookDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// `2023-04-05`.
    package var description: String {
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }
}
