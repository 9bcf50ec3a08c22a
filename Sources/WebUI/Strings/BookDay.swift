/// A day as the book keeps it, `2023-04-05`, shown in the order of the language.
struct BookDay: Hashable, Sendable {
    let year, month, day: Int64

    /// nil for what is no such text; the book holds only days that exist.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
        let numbers = parts.compactMap { Int64($0) }
        guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else { return nil }
        (year, month, day) = (numbers[0], numbers[1], numbers[2])
    }

    /// Days since 1970-01-01 (the counterpart of `Instant.civil`).
    var sinceEpoch: Int64 {
        let (year, shifted) = month > 2 ? (self.year, month - 3) : (self.year - 1, month + 9)
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * shifted + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
