import Vocabulary

/// The horizontal axis: at most seven marks at round times of the shown offset.
struct TimeAxis: Sendable {
    struct Tick: Hashable, Sendable {
        let time: Instant
        let label: String
    }

    let ticks: [Tick]

    init(from: Instant, to: Instant, calendar: WallCalendar) {
        let span = (to - from).components.seconds
        guard span > 0, span < 100 * 366 * 86_400 else {
            ticks = []
            return
        }
        let step = Self.steps.first { span / $0 <= 6 } ?? (span / 6 / 86_400 + 1) * 86_400
        let offset = Int64(calendar.offsetMinutes) * 60
        // Round in local time, so that a day begins at midnight here.
        let local = from.seconds + offset
        var mark = local - ((local % step) + step) % step - offset
        if mark < from.seconds || from.microseconds > mark * 1_000_000 { mark += step }
        var ticks: [Tick] = []
        while mark <= to.seconds {
            let time = Instant(seconds: mark)
            let label: String =
                if step < 60 {
                    calendar.time(time)
                } else if step >= 86_400 || (mark + offset) % 86_400 == 0 {
                    calendar.dayAndMonth(time)
                } else {
                    calendar.hourAndMinute(time)
                }
            ticks.append(Tick(time: time, label: label))
            mark += step
        }
        self.ticks = ticks
    }

    private static let steps: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
        432_000, 604_800, 1_209_600, 2_592_000,
    ]
}
