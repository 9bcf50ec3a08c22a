package import Vocabulary

/// When a route leaves its receivers alone, by importance: what comes meanwhile waits for their end. Core never waits.
package struct QuietHours: Hashable, Sendable {
    private let times: [Importance: Timetable]

    /// Never quiet.
    package static let none = QuietHours(times: [:])

    private init(times: [Importance: Timetable]) {
        self.times = times
    }

    package init(_ rules: [Importance: [DayRule]]) throws(CalendarError) {
        var times: [Importance: Timetable] = [:]
        for (importance, days) in rules where !days.isEmpty {
            guard importance != .core else { throw CalendarError("core never waits: it has no quiet hours") }
            let table = Timetable(rules: days)
            // Rules come again each week or month: what does not change after some moment never does.
            guard table.nextChange(after: Instant(seconds: 0)) != nil else {
                throw CalendarError(
                    "these quiet hours never end: leave \(importance.rawValue) out of the route instead")
            }
            times[importance] = table
        }
        self.times = times
    }

    package var isNone: Bool { times.isEmpty }

    /// As they are read: each rule of an importance.
    package func texts(_ importance: Importance) -> [String] { times[importance]?.rules.map(\.description) ?? [] }

    /// Until when something of this importance waits; nil: it need not.
    package func end(_ importance: Importance, at now: Instant) -> Instant? {
        guard let table = times[importance], table.contains(now) else { return nil }
        return table.nextChange(after: now)
    }
}
