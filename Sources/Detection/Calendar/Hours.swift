package import Vocabulary

/// When a thing is expected to be on: a named timetable of the week with its holidays.
package struct Hours: Hashable, Sendable {
    package var name: String
    package var title: String
    package var times: Timetable

    package init(name: String, title: String = "", times: Timetable) {
        self.name = name
        self.title = title
        self.times = times
    }

    package func contains(_ instant: Instant) -> Bool { times.contains(instant) }

    /// When it opens or closes next; nil when it never does again.
    package func nextChange(after instant: Instant) -> Instant? { times.nextChange(after: instant) }

    /// How much of a time lies within these hours.
    package func overlap(with time: Range<Instant>) -> Duration { times.spans(in: time).length }

    /// The days that go their own way, as they are written: days in a row with the same windows are one line.
    package var exceptionTexts: [String] {
        var runs: [(first: LocalDay, last: LocalDay, windows: [DayWindow])] = []
        for (day, windows) in times.exceptions.sorted(by: { $0.key < $1.key }) {
            if let run = runs.last, run.last + 1 == day, run.windows == windows {
                runs[runs.count - 1].last = day
            } else {
                runs.append((day, day, windows))
            }
        }
        return runs.map { run in
            let days = run.first == run.last ? "\(run.first)" : "\(run.first)..\(run.last)"
            let windows = run.windows.map(\.description).joined(separator: ", ")
            return "\(days) \(windows.isEmpty ? "closed" : windows)"
        }
    }

    /// Reads `2026-09-02 closed`, `2027-02-05..2027-02-11 closed`, `2026-12-26 08:00-11:00`.
    package static func exception(_ text: some StringProtocol) throws(CalendarError) -> [LocalDay: [DayWindow]] {
        let words = text.split(separator: " ", maxSplits: 1)
        let refusal = CalendarError(
            "\"\(text)\" is no such line as 2026-09-02 closed, 2027-02-05..2027-02-11 closed or 2026-12-26 08:00-11:00")
        guard words.count == 2 else { throw refusal }
        let sides = words[0].split(separator: ".", omittingEmptySubsequences: false)
        let days = sides.count == 3 && sides[1].isEmpty ? [sides[0], sides[2]] : [words[0]]
        let known = days.compactMap { LocalDay($0) }
        guard known.count == days.count, let first = known.first, let last = known.last else { throw refusal }
        guard first <= last else { throw CalendarError("\"\(words[0])\" ends before it begins") }
        guard last.number - first.number <= 366 else { throw CalendarError("\"\(words[0])\" is longer than a year") }
        let windows = words[1].trimmedWord == "closed" ? [] : try DayRule.windows(words[1])
        guard !windows.isEmpty || words[1].trimmedWord == "closed" else { throw refusal }
        return (first.number...last.number).reduce(into: [:]) { $0[LocalDay(number: $1)] = windows }
    }
}

extension StringProtocol {
    /// Without blanks around it.
    fileprivate var trimmedWord: String { split(separator: " ").joined(separator: " ") }
}
