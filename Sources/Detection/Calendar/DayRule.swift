/// On which days which windows are open, e.g. `mon-fri 07:00-11:30, 13:00-17:00`.
package struct DayRule: Hashable, Sendable, CustomStringConvertible {
    package let days: DayPattern
    /// In order; never empty.
    package let windows: [DayWindow]

    package init(_ text: some StringProtocol) throws(CalendarError) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        let clocks = words.drop { !$0.contains(":") }
        days = try DayPattern(words[..<clocks.startIndex].joined(separator: " "))
        windows = try Self.windows(clocks.joined(separator: " "))
        guard !windows.isEmpty else { throw CalendarError("\"\(text)\" names no time of day, e.g. 07:00-11:30") }
    }

    /// Windows separated by commas.
    static func windows(_ text: some StringProtocol) throws(CalendarError) -> [DayWindow] {
        var windows: [DayWindow] = []
        for part in text.split(separator: ",") {
            let trimmed = part.split(separator: " ").joined(separator: " ")
            if !trimmed.isEmpty { windows.append(try DayWindow(trimmed)) }
        }
        return windows.sorted()
    }

    /// As it is read.
    package var description: String { "\(days) \(windows.map(\.description).joined(separator: ", "))" }
}
