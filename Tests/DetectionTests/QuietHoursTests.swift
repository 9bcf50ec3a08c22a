import Detection
import Testing
import Vocabulary

@Suite struct QuietHoursTests {
    /// 2026-11-26, a Thursday, midnight in UTC+07:00.
    private static let midnight = Instant(seconds: 1_795_626_000)

    private func quiet() throws -> QuietHours {
        try QuietHours([
            .normal: [try DayRule("daily 22:00-06:00")],
            .low: [try DayRule("mon-fri 17:00-07:00"), try DayRule("sat,sun 00:00-24:00")],
        ])
    }

    @Test(arguments: [(0, 6), (5, 6), (6, nil), (12, nil), (21, nil), (22, 30), (23, 30)])
    func theNightEndsInTheMorning(hour: Int, end: Int?) throws {
        #expect(Self.midnight.description == "2026-11-25T17:00:00.000Z")
        let found = try quiet().end(.normal, at: Self.midnight + .seconds(hour * 3600))
        #expect(found == end.map { Self.midnight + .seconds($0 * 3600) })
    }

    @Test func aWeekendIsOneWithTheNightsBesideIt() throws {
        // Friday 18:00 to Monday 07:00: the rule of Sunday ends at midnight, and nobody's night covers Monday morning.
        let friday = Self.midnight + .seconds(42 * 3600)
        #expect(try quiet().end(.low, at: friday) == Self.midnight + .seconds(96 * 3600))
    }

    @Test func coreNeverWaits() throws {
        for hour in 0..<200 { #expect(try quiet().end(.core, at: Self.midnight + .seconds(hour * 3600)) == nil) }
        #expect(throws: CalendarError.self) { try QuietHours([.core: [try DayRule("daily 22:00-06:00")]]) }
    }

    @Test func whatNeverEndsIsRefused() {
        #expect(throws: CalendarError.self) { try QuietHours([.low: [try DayRule("daily 00:00-24:00")]]) }
    }

    /// The end is the first moment at which nothing is quiet.
    @Test func theEndIsTheFirstMomentThatIsNotQuiet() throws {
        let quiet = try quiet()
        for minute in stride(from: 0, to: 14 * 1440, by: 7) {
            for importance in Importance.allCases {
                let now = Self.midnight + .seconds(minute * 60)
                guard let end = quiet.end(importance, at: now) else { continue }
                #expect(end > now && quiet.end(importance, at: end) == nil)
                #expect(quiet.end(importance, at: end - .seconds(1)) == end)
            }
        }
    }
}
