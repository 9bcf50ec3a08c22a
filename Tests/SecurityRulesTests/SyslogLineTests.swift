import SecurityRules
import Testing
import Vocabulary

struct SyslogLineTests {
    private let now = Instant(seconds: 1_680_674_828)  // 2023-04-05 06:07:08 UTC

    @Test
    func theOldFormTakesYearAndZoneFromTheMachine() throws {
        let line = try #require(
            SyslogLine(parsing: "Apr  5 13:07:01 srv sshd[42]: Invalid user x from 192.0.2.7", now: now, offset: 25_200)
        )
        #expect(line.time == Instant(seconds: 1_680_674_821))
        #expect(line.record == LogRecord(program: "sshd", process: "42", message: "Invalid user x from 192.0.2.7"))
    }

    @Test(arguments: [
        ("Dec 31 23:59:59", 1_672_531_199), ("Apr  5 06:08:08", 1_680_674_888), ("Feb 29 00:00:00", 1_582_934_400),
    ])
    func theYearIsTheLastOneThatIsNotToCome(text: String, seconds: Int) throws {
        let line = try #require(SyslogLine(parsing: "\(text) srv sudo: hello", now: now, offset: 0))
        #expect(line.time == Instant(seconds: Int64(seconds)) && line.record.program == "sudo")
        #expect(line.record.process == "")
    }

    @Test(arguments: [
        ("2023-04-05T13:07:08.250000+07:00", 1_680_674_828_250_000), ("2023-04-05T06:07:08Z", 1_680_674_828_000_000),
        ("2023-04-04T23:37:08.5-06:30", 1_680_674_828_500_000),
    ])
    func theNewFormSaysItAll(text: String, microseconds: Int) throws {
        let line = try #require(SyslogLine(parsing: "\(text) srv sshd-session[9]: x", now: now, offset: 99))
        #expect(line.time == Instant(microseconds: Int64(microseconds)))
    }

    @Test(arguments: [
        "", " ", "Apr", "Apr 5", "Apr 31 00:00:00 srv sshd[1]: x", "Xyz  5 06:07:08 srv sshd[1]: x",
        "Apr  5 25:07:08 srv sshd[1]: x", "2023-13-05T06:07:08Z srv sshd[1]: x", "2023-04-05T06:07:08Z srv",
        "2023-04-05T06:07:08Z srv no colon", "2023-04-05T06:07:08+99:00 srv sshd[1]: x",
        "-- Boot 1234 --", "99999999999999999999-01-01T00:00:00Z a b: c",
    ])
    func otherLinesAreNone(text: String) {
        #expect(SyslogLine(parsing: text[...], now: now, offset: 0) == nil)
    }

    @Test
    func cutAndAlteredLinesAreSurvived() {
        var random = SystemRandomNumberGenerator()
        let sound = Array(
            "2023-04-05T06:07:08.250000+07:00 srv sshd[42]: Failed password for x from ::1 port 1 ssh2".utf8)
        for _ in 0..<20_000 {
            var bytes = Array(sound.prefix(Int.random(in: 0...sound.count, using: &random)))
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let line = String(decoding: bytes, as: UTF8.self)
            _ = SyslogLine(parsing: line[...], now: now, offset: 0).flatMap { SignIn($0.record) }
        }
    }
}
