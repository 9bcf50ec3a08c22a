package import Vocabulary

/// When something is open: rules for days, and days that go their own way.
package struct Timetable: Hashable, Sendable {
    package var rules: [DayRule]
    /// The windows of single days, in the place of what the rules say; none means closed.
    package var exceptions: [LocalDay: [DayWindow]]

    /// A rule of the month comes again within this many days; what has not changed until then never does.
    private static let horizon: Int64 = 70

    package init(rules: [DayRule], exceptions: [LocalDay: [DayWindow]] = [:]) {
        self.rules = rules
        self.exceptions = exceptions
    }

    package func windows(on day: LocalDay) -> [DayWindow] {
        exceptions[day] ?? rules.filter { $0.days.contains(day) }.flatMap(\.windows)
    }

    package func contains(_ instant: Instant) -> Bool {
        let day = LocalDay(of: instant)
        // A window may have begun on the day before.
        return [day + -1, day].contains { spans(of: $0).contains { $0.contains(instant) } }
    }

    /// The first moment after `instant` at which it opens or closes; nil when it stays as it is for good.
    package func nextChange(after instant: Instant) -> Instant? {
        let (now, today) = (contains(instant), LocalDay(of: instant))
        var days = Set((-1...Self.horizon).map { today + $0 })
        // Far ahead only exceptions can differ; what goes on after them is looked at, too.
        for day in exceptions.keys where day > today { days.formUnion((-1...8).map { day + $0 }) }
        for day in days.sorted() {
            let moments = spans(of: day).flatMap { [$0.lowerBound, $0.upperBound] }.sorted()
            if let change = moments.first(where: { $0 > instant && contains($0) != now }) {
                // A window that ends on the next day may hide one that begins earlier there.
                let next = spans(of: day + 1).flatMap { [$0.lowerBound, $0.upperBound] }
                return next.filter { $0 > instant && $0 < change && contains($0) != now }.min() ?? change
            }
        }
        return nil
    }

    /// When it is open within a time: in order, apart from one another.
    package func spans(in time: Range<Instant>) -> [Range<Instant>] {
        guard !time.isEmpty else { return [] }
        var spans: [Range<Instant>] = []
        var day = LocalDay(of: time.lowerBound) + -1
        while day.start < time.upperBound {
            spans += self.spans(of: day)
            day = day + 1
        }
        return spans.united(within: time)
    }

    private func spans(of day: LocalDay) -> [Range<Instant>] {
        windows(on: day).map { day.start + .seconds($0.start * 60)..<day.start + .seconds($0.end * 60) }
    }
}
