import ExecProbe
import ExecSettings
import Foundation
import ProbeKit
import ProbeSettings
import Testing
import Vocabulary

/// What plug-ins print, and what is made of it; the files are what those of Debian's monitoring-plugins 2.3.3 printed,
/// each with the exit status in its name.
@Suite struct OutputTests {
    private static let names = [
        "disk-0", "disk-full-2", "dummy-3", "file-age-2", "http-0", "http-gone-1", "http-slow-1", "load-1", "load-ok-0",
        "load-processes-1", "ping-0", "ping-cut-2", "procs-1", "ssh-0", "ssh-closed-2", "swap-2", "tcp-0", "usage-3",
        "users-0",
    ]

    private static func recorded(_ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.resourceURL?.appending(path: "Fixtures"))
        return Array(try Data(contentsOf: folder.appending(path: "\(name).txt")))
    }

    private func answer(_ name: String) throws -> Answer {
        let status = try #require(name.split(separator: "-").last.flatMap { Int32($0) })
        return ExecVerdict.answer(
            .exited(status), .init(output: try Self.recorded(name)), took: .milliseconds(250))
    }

    private func readings(_ answer: Answer) -> [String: Double] {
        Dictionary(answer.readings.map { ($0.metric.text, $0.value) }) { first, _ in first }
    }

    private func values(_ line: String) -> [PerformanceValue] { PerformanceValue.values(in: Array(line.utf8)).values }

    private func range(_ text: String) -> AlertRange? { AlertRange(Array(text.utf8)) }

    @Test(arguments: names) func theExitStatusIsTheState(name: String) throws {
        let states: [Character: State] = ["0": .up, "1": .degraded, "2": .down, "3": .unknown]
        let answer = try answer(name)
        #expect(answer.outcome.state == name.last.flatMap { states[$0] })
        #expect(answer.readings.first == Reading(Metric("exec_duration_seconds"), 0.25))
        #expect(answer.outcome == .up || answer.outcome.reason?.got.isEmpty == false)
    }

    @Test func aReasonNamesTheValueAndItsRange() throws {
        #expect(
            try answer("load-1").outcome
                == .degraded(
                    Reason(
                        "plugin-warning", step: "load1", expected: "a value of at most 0.01",
                        got: "LOAD WARNING - total load average: 2.09, 2.50, 2.00")))
        let full = try answer("disk-full-2").outcome.reason
        #expect(full?.code == "plugin-critical" && full?.step == "/")
        #expect(full?.expected == "a value of at most 5411050618 B")
        #expect(try answer("procs-1").outcome.reason?.expected == "a value of at most 2")
        #expect(try answer("http-slow-1").outcome.reason?.expected == "a value of at most 1e-06 s")
        #expect(
            try answer("http-gone-1").outcome
                == .degraded(
                    Reason(
                        "plugin-warning",
                        got: "HTTP WARNING: HTTP/1.1 404 Not Found - 154 bytes in 0.000 second response time")))
        #expect(
            try answer("ssh-closed-2").outcome
                == .down(
                    Reason("plugin-critical", got: "connect to address 127.0.0.1 and port 9: Connection refused")))
    }

    @Test func valuesAreReadingsInBaseUnits() throws {
        let ping = readings(try answer("ping-0"))
        #expect(ping[#"exec_seconds{label="rta"}"#] == 0.000093)
        #expect(ping[#"exec_ratio{label="pl"}"#] == 0)
        let disk = readings(try answer("disk-0"))
        #expect(disk[#"exec_bytes{label="/"}"#] == 33_826_013_184 && disk[#"exec_bytes{label="/dev/shm"}"#] == 0)
        #expect(readings(try answer("load-ok-0"))[#"exec_value{label="load15"}"#] == 2)
        let age = readings(try answer("file-age-2"))
        #expect(age[#"exec_seconds{label="age"}"#] == 486 && age[#"exec_bytes{label="size"}"#] == 1742)
    }

    @Test(arguments: [
        ("t=5s", "exec_seconds", 5.0), ("t=250ms", "exec_seconds", 0.25), ("t=2us", "exec_seconds", 0.000002),
        ("t=3µs", "exec_seconds", 0.000003), ("p=12%", "exec_ratio", 0.12), ("b=7B", "exec_bytes", 7),
        ("b=2KB", "exec_bytes", 2048), ("b=1.5MB", "exec_bytes", 1_572_864), ("b=1GB", "exec_bytes", 1_073_741_824),
        ("b=1TB", "exec_bytes", 1_099_511_627_776), ("c=99c", "exec_total", 99), ("n=-3.5", "exec_value", -3.5),
        ("n=1e-05", "exec_value", 0.00001), ("n=.5", "exec_value", 0.5), ("n=+7", "exec_value", 7),
        ("n=2e3s", "exec_seconds", 2000),
    ])
    func eachUnitHasItsBase(text: String, metric: String, number: Double) throws {
        let reading = try #require(values(text).first?.reading)
        #expect(reading.metric.name == metric && reading.value == number)
    }

    @Test func aUnitOfItsOwnIsALabel() {
        #expect(
            values("temp=41.5C").first?.reading == Reading(Metric(text: #"exec_value{label="temp",unit="C"}"#), 41.5))
        #expect(values("n=2e").first?.unit == "e")
    }

    @Test func labelsMayBeQuoted() {
        let found = values(#"'C:\ used'=5MB;;;0;10 'it''s'=1 'a=b'=2 plain=3 ''''=4"#)
        #expect(found.map(\.label) == [#"C:\ used"#, "it's", "a=b", "plain", "'"])
        #expect(found.map(\.value) == [5, 1, 2, 3, 4])
        #expect(found.first?.reading?.metric.text == #"exec_bytes{label="C:\\ used"}"#)
    }

    @Test func whatIsUndeterminedIsLeftOutAndWhatIsNoValueIsCounted() {
        let found = PerformanceValue.values(in: Array("a=U;1;2 b=U c=1 d e= f=x 'g=2 h=3".utf8))
        #expect(found.values.map(\.label) == ["c"])
        #expect(found.refused == 4)
        #expect(
            PerformanceValue.values(in: Array("a=1,5s b=1.2.3 =4 c=1e999 d=nan e=inf f=0x10 g=--1".utf8)).values.isEmpty
        )
        #expect(PerformanceValue.values(in: []).values.isEmpty)
    }

    @Test(arguments: [
        ("10", 0.0, 10.0, false), ("10:", 10, .infinity, false), ("~:10", -.infinity, 10, false),
        ("10:20", 10, 20, false),
        ("@10:20", 10, 20, true), ("@10", 0, 10, true), ("-5:5", -5, 5, false), ("0.5:1e3", 0.5, 1000, false),
        (":7", 0, 7, false), ("~:", -.infinity, .infinity, false),
    ])
    func rangesAreTaken(text: String, start: Double, end: Double, inside: Bool) {
        #expect(range(text) == AlertRange(start, end, alertsInside: inside))
    }

    @Test(arguments: ["", "@", "x", "20:10", "-1", "1:2:3", "~", "1,5", "nan", "10 ", "@@1"]) func otherTextIsNoRange(
        text: String
    ) {
        #expect(range(text) == nil)
    }

    @Test(arguments: [
        ("10", [-1.0, 11], [0.0, 5, 10], "a value of at least 0"),
        ("10:", [9], [10, 1e9], "a value of at least 10"), ("~:10", [11], [-1e9, 10], "a value of at most 10"),
        ("10:20", [9, 21], [10, 20], "a value of at least 10"),
        ("@10:20", [10, 15, 20], [9, 21], "a value below 10 or above 20"),
        ("@~:10", [10, -5], [11], "a value above 10"), ("@10:", [10, 50], [9], "a value below 10"),
    ])
    func endsBelongToARange(text: String, alerting: [Double], quiet: [Double], wanted: String) throws {
        let range = try #require(self.range(text))
        #expect(alerting.allSatisfy(range.alerts) && !quiet.contains(where: range.alerts))
        #expect(range.wanted(instead: alerting[0], unit: "") == wanted)
    }

    @Test func severalLinesAreTakenApart() {
        let output = PluginOutput(
            Array("\n \nDISK WARNING | /=1MB;;5\nfirst detail\n\nsecond | b=2\nc=3 d=4\ne=5|6\r\n".utf8))
        #expect(output.summary == "DISK WARNING" && output.details == ["first detail", "second"])
        #expect(output.values.map(\.label) == ["/", "b", "c", "d"] && output.refused == 1)
        #expect(PluginOutput(Array("\u{1b}[31mred\u{7}\tx  ".utf8)).summary == "[31mred  x")
        #expect(PluginOutput([]).summary.isEmpty && PluginOutput([]).values.isEmpty)
        #expect(PluginOutput([0xff, 0xfe, 0x41]).summary == "\u{fffd}\u{fffd}A")
    }

    @Test func otherEndingsAreUnknownEachForItsReason() {
        func reason(_ ending: ExecVerdict.Ending, _ text: String = "", errors: String = "") -> Reason? {
            let outcome = ExecVerdict.answer(
                ending, .init(output: Array(text.utf8), errors: Array(errors.utf8)), took: .seconds(1)
            ).outcome
            return outcome.state == .unknown ? outcome.reason : nil
        }
        #expect(reason(.exited(3), "DISK UNKNOWN") == Reason("plugin-unknown", got: "DISK UNKNOWN"))
        #expect(
            reason(.exited(127), errors: "sh: gone: not found")
                == Reason("plugin-status", expected: "an exit status from 0 to 3", got: "127: sh: gone: not found"))
        #expect(reason(.killed(11, "Segmentation fault"))?.got == "signal 11: Segmentation fault")
        #expect(
            reason(.outlived(.milliseconds(9500)))
                == Reason("plugin-timeout", expected: "an answer in 9.5 s", got: "nothing before the deadline"))
    }

    @Test func whatIsCutOffIsSaidAndTheStateStays() {
        func outcome(_ status: Int32) -> Outcome {
            ExecVerdict.answer(
                .exited(status), .init(output: Array("OK | a=1".utf8), dropped: 100), took: .seconds(1)
            ).outcome
        }
        #expect(outcome(0).reason?.code == "too-much-output" && outcome(0).state == .degraded)
        #expect(outcome(0).reason?.got == "65636 bytes in all" && outcome(2).reason?.code == "plugin-critical")
    }

    @Test func aCheckHasSoManySeriesAndNoneTwice() {
        let text = "OK |" + (0..<1000).map { " v\($0 % 500)=\($0)" }.joined()
        let answer = ExecVerdict.answer(.exited(0), .init(output: Array(text.utf8)), took: .seconds(1))
        #expect(answer.readings.count == 1 + ExecVerdict.mostValues)
        #expect(Set(answer.readings.map(\.metric)).count == answer.readings.count)
        #expect(answer.readings.last?.value == 199)
    }

    @Test(arguments: names) func spoiltOutputNeverTraps(name: String) throws {
        let bytes = try Self.recorded(name)
        let odd: [UInt8] = Array("|'=;:@~U%.eE+-,\n\r\0\u{7f}\u{80} 9".utf8) + [0xff, 0xc3]
        var seed: UInt64 = 7
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % max(1, bound)
        }
        for round in 0..<400 {
            var spoilt = bytes
            for _ in 0...next(4) {
                switch next(4) {
                case 0: spoilt = Array(spoilt.prefix(next(spoilt.count)))
                case 1: spoilt.insert(odd[next(odd.count)], at: next(spoilt.count))
                case 2 where !spoilt.isEmpty: spoilt[next(spoilt.count)] = UInt8(next(256))
                default: spoilt += spoilt.suffix(next(spoilt.count))
                }
            }
            let answer = ExecVerdict.answer(.exited(Int32(round % 4)), .init(output: spoilt), took: .zero)
            #expect(answer.readings.allSatisfy { $0.value.isFinite && !$0.metric.text.isEmpty })
        }
    }

    @Test func whatIsNoTextIsBoundedToo() {
        #expect(PluginOutput([UInt8](repeating: 0xff, count: 5000)).summary.utf8.count <= PluginOutput.longestSummary)
    }
}
