package import Vocabulary

/// A line of a log file as rsyslog and syslog-ng write it, in the old form or in the one with a full date.
package struct SyslogLine: Hashable, Sendable {
    package var time: Instant
    package var record: LogRecord

    /// - Parameters:
    ///   - now: the old form names no year: it is the one that makes the line the newest that is not to come.
    ///   - offset: seconds east of UTC, for the old form, which names no zone either.
    package init?(parsing line: Substring, now: Instant, offset: Int) {
        var text = ByteText(line)
        guard let time = text.takeDate() ?? text.takeOldDate(now: now, offset: offset), text.take(" ") else {
            return nil
        }
        // The host's name, which has no colon; then `program[123]: `.
        let host = text.takeWord()
        guard !host.isEmpty, text.take(" "), let tag = text.take(upTo: ": ") else { return nil }
        var name = ByteText(tag)
        let program = name.take(upTo: "[") ?? tag
        guard !program.isEmpty, !program.utf8.contains(UInt8(ascii: " ")) else { return nil }
        self.time = time
        let process = program == tag ? Substring() : name.text.prefix { $0 != "]" }
        record = LogRecord(program: String(program), process: String(process), message: String(text.text))
    }
}

extension ByteText {
    /// `2023-04-05T06:07:08.123456+07:00` (RFC 3339).
    fileprivate mutating func takeDate() -> Instant? {
        var text = self
        guard let year = text.takeNumber(), (1970...9999).contains(year), text.take("-"),
            let month = text.takeNumber(), text.take("-"), let day = text.takeNumber(), text.take("T"),
            let seconds = text.takeTime()
        else { return nil }
        var microseconds: Int64 = 0
        if text.take(".") {
            let digits = text.rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.prefix(6)
            guard let fraction = Int64(Substring(digits)) else { return nil }
            microseconds = (digits.count..<6).reduce(fraction) { fraction, _ in fraction * 10 }
            _ = text.takeNumber()
        }
        var offset = 0
        if !text.take("Z") {
            let isEast = text.take("+")
            guard isEast || text.take("-"), let hours = text.takeNumber(), hours < 24, text.take(":"),
                let minutes = text.takeNumber(), minutes < 60
            else { return nil }
            offset = (hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
        }
        guard let instant = Instant(year: year, month: month, day: day, seconds: seconds - offset) else { return nil }
        self = text
        return Instant(microseconds: instant.microseconds + microseconds)
    }

    /// `Apr  5 06:07:08` (RFC 3164).
    fileprivate mutating func takeOldDate(now: Instant, offset: Int) -> Instant? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        var text = self
        guard let month = months.firstIndex(where: { text.rest.starts(with: $0.utf8) }) else { return nil }
        _ = text.takeWord()
        text.skipBlanks()
        guard let day = text.takeNumber(), text.take(" "), let seconds = text.takeTime() else { return nil }
        self = text
        let days = Int64((now.microseconds / 1_000_000 + Int64(offset)) / 86_400)
        let year = Int(Instant.civil(fromDays: days).year)
        // A day of grace for clocks that differ; nine years, because 29 February is not in every one.
        return (0...8).lazy.compactMap {
            Instant(year: year + 1 - $0, month: month + 1, day: day, seconds: seconds - offset)
        }.first { $0 <= now + .seconds(86_400) }
    }

    /// `06:07:08` as seconds of the day.
    private mutating func takeTime() -> Int? {
        guard let hour = takeNumber(), hour < 24, take(":"), let minute = takeNumber(), minute < 60, take(":"),
            let second = takeNumber(), second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }
}

extension Instant {
    /// Nil for a day that is in no calendar.
    fileprivate init?(year: Int, month: Int, day: Int, seconds: Int) {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Days from civil, by the same author as the way back.
        let shifted = Int64(month > 2 ? year : year - 1)
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let found = Self.civil(fromDays: days)
        guard found.month == Int64(month), found.day == Int64(day) else { return nil }
        self.init(seconds: days * 86_400 + Int64(seconds))
    }
}
