import Detection
import Testing
import Vocabulary

@Suite struct CalendarTests {
    private func at(_ text: String) throws -> Instant { try #require(LocalTime.instant(text), "\(text)") }

    private func office() throws -> Hours {
        var hours = Hours(
            name: "office",
            times: Timetable(rules: [try DayRule("mon-fri 07:00-11:30, 13:00-17:00"), try DayRule("sat 7:00-11:30")]))
        // National day, and a Saturday on which everybody works.
        hours.times.exceptions = try Hours.exception("2026-09-02..2026-09-03 closed")
            .merging(Hours.exception("2026-12-26 07:00-11:30, 13:00-17:00")) { $1 }
        return hours
    }

    @Test(arguments: [
        ("2026-11-26 06:59", false), ("2026-11-26 07:00", true), ("2026-11-26 11:29:59", true),
        ("2026-11-26 11:30", false), ("2026-11-26 13:00", true), ("2026-11-26 17:00", false),
        ("2026-11-28 09:00", true), ("2026-11-28 14:00", false), ("2026-11-29 09:00", false),
        ("2026-09-02 09:00", false), ("2026-09-04 09:00", true), ("2026-12-26 14:00", true),
        ("2026-11-26T00:00:00Z", true), ("2026-11-26T10:00:00Z", false), ("2026-11-26 12:30+05:30", true),
    ])
    func officeIsOpen(when text: String, _ isOpen: Bool) throws {
        #expect(try office().contains(at(text)) == isOpen)
    }

    @Test(arguments: [
        ("2026-11-26 08:00", "2026-11-26 11:30"), ("2026-11-26 11:30", "2026-11-26 13:00"),
        // From Saturday noon to Monday; over the holiday; into the Saturday that is a working day.
        ("2026-11-28 11:30", "2026-11-30 07:00"), ("2026-09-01 17:00", "2026-09-04 07:00"),
        ("2026-12-26 11:30", "2026-12-26 13:00"),
    ])
    func theNextChangeIs(after text: String, _ change: String) throws {
        #expect(try office().nextChange(after: at(text)) == at(change))
    }

    @Test func whatNeverChangesHasNoNextChange() throws {
        let always = Hours(name: "always", times: Timetable(rules: [try DayRule("daily 00:00-24:00")]))
        #expect(always.nextChange(after: try at("2026-11-26 08:00")) == nil)
        #expect(always.contains(try at("2026-11-26 00:00")))
        var never = Hours(name: "never", times: Timetable(rules: []))
        #expect(never.nextChange(after: try at("2026-11-26 08:00")) == nil)
        // An exception years ahead is still found, and what comes after it.
        never.times.exceptions = try Hours.exception("2029-02-28..2029-03-01 00:00-24:00")
        #expect(never.nextChange(after: try at("2026-11-26 08:00")) == (try at("2029-02-28 00:00")))
        #expect(never.nextChange(after: try at("2029-02-28 00:00")) == (try at("2029-03-02 00:00")))
    }

    @Test func windowsGoOverMidnightAndBelongToTheDayTheyBeginOn() throws {
        var night = Timetable(rules: [try DayRule("sat 22:00-06:00")])
        #expect(night.contains(try at("2026-11-29 05:59")))
        #expect(!night.contains(try at("2026-11-28 05:00")))
        night.exceptions = try Hours.exception("2026-11-29 closed")
        #expect(night.contains(try at("2026-11-29 05:59")), "Sunday is closed, Saturday's night is not")
    }

    @Test(arguments: [
        ("first sun", "2026-11-01"), ("second sun", "2026-11-08"), ("fourth sun", "2026-11-22"),
        ("last sun", "2026-11-29"), ("day 15", "2026-11-15"), ("last day", "2026-11-30"), ("last day", "2028-02-29"),
        ("sat-mon", "2026-11-29"), ("wed,fri-sat", "2026-11-27"),
    ])
    func monthlyDays(_ pattern: String, _ day: String) throws {
        let days = try DayPattern(pattern)
        let found = try #require(LocalDay(day))
        #expect(days.contains(found) && !days.contains(found + 2))
        #expect(try DayPattern(days.description) == days)
    }

    @Test func aMonthWithoutTheDayHasNone() throws {
        let table = Timetable(rules: [try DayRule("day 31 01:00-02:00")])
        #expect(table.nextChange(after: try at("2026-10-31 02:00")) == (try at("2026-12-31 01:00")))
    }

    @Test(arguments: [
        "mon-fri", "mon-fri 25:00-26:00", "mon-fri 7-11", "07:00-11:30", "montag 07:00-11:30", "day 32 07:00-08:00",
        "mon-tue-wed 07:00-08:00", "mon- 07:00-08:00", "mon 07:00-07:00", "fifth sun 01:00-02:00", "mon 07:00", "",
    ])
    func badRulesAreRefusedInWords(_ text: String) {
        let error = #expect(throws: CalendarError.self) { try DayRule(text) }
        #expect(error?.description.contains("\"") == true)
    }

    @Test(arguments: [
        "2026-09-02", "2026-02-30 closed", "2026-09-03..2026-09-02 closed", "2026-09-02..2028-09-02 closed",
        "tomorrow closed", "2026-09-02 open", "2026-09-02 ,",
    ])
    func badExceptionsAreRefusedInWords(_ text: String) {
        #expect(throws: CalendarError.self) { try Hours.exception(text) }
    }

    @Test(arguments: ["2026-11-28", "2026-11-28 24:00", "2026-11-28 7:00", "2026-02-29 07:00", "2026-11-28 07:00+7"])
    func badMomentsAreRefused(_ text: String) {
        #expect(LocalTime.instant(text) == nil)
    }

    @Test func textsRoundTrip() throws {
        for text in [
            "mon-fri 07:00-11:30, 13:00-17:00", "daily 00:00-24:00", "last sun 22:00-06:00", "mon,sun 05:00-06:00",
        ] {
            #expect(try DayRule(text).description == text)
        }
        let office = try office()
        #expect(office.exceptionTexts == ["2026-09-02..2026-09-03 closed", "2026-12-26 07:00-11:30, 13:00-17:00"])
        for text in ["2026-11-28 22:00", "2026-11-28 22:00:05", "1971-01-01 00:00"] {
            #expect(LocalTime.text(try at(text)) == text)
        }
    }

    @Test func daysOfTwoCenturiesAreReadBack() throws {
        // Seven would meet one weekday only.
        for number in stride(from: 0 as Int64, through: 84_000, by: 13) {
            let day = LocalDay(number: number)
            guard LocalDay("\(day)") == day, LocalDay(of: day.start) == day,
                LocalDay(of: day.start - .microseconds(1)).number == number - 1
            else {
                Issue.record("\(day)")
                return
            }
        }
    }
}
