import AgentKit
import ProbeSettings
import Spool
import Testing
import Vocabulary

@Suite struct ClockWatchTests {
    let start = ContinuousClock.now

    @Test func aStepIsSaidOnceAndSlewingNever() {
        var watch = ClockWatch()
        let wall = Instant(seconds: 1000)
        #expect(watch.look(wall: wall, monotonic: start) == .zero)
        #expect(watch.look(wall: wall + .milliseconds(5400), monotonic: start + .seconds(5)) == .zero)
        let hour = Duration.seconds(3600)
        #expect(watch.look(wall: wall + .milliseconds(10_400) - hour, monotonic: start + .seconds(10)) == .zero - hour)
        #expect(watch.look(wall: wall + .milliseconds(15_400) - hour, monotonic: start + .seconds(15)) == .zero)
    }
}

@Suite struct BackoffTests {
    @Test func doublesToTenSecondsAndStartsAfresh() {
        var backoff = Backoff()
        let pauses = (0..<9).map { _ in backoff.failed(chance: 1) }
        #expect(pauses == [0.5, 1, 2, 4, 8, 10, 10, 10, 10].map { Duration.seconds($0) })
        backoff.succeeded()
        #expect(backoff.failed(chance: 0) == .milliseconds(250))
        for _ in 0..<10_000 { _ = backoff.failed(chance: 0.5) }
    }
}

@Suite struct AgentSettingsTests {
    private func settings(_ text: String, environment: [String: String] = [:]) throws -> AgentSettings {
        try SettingsFile(text, file: "agent.conf", environment: environment, keys: AgentSettings.keys)
            .read { reader throws(SettingsError) in try AgentSettings(from: &reader) }
    }

    @Test func linesCommentsAndTheEnvironment() throws {
        let settings = try settings(
            "# here\n\nstate-folder = /srv/hd \nspool-max-bytes=64MiB\r\nspool-max-age = 14d\n",
            environment: ["HAIDANG_CONCURRENCY": "9", "HAIDANG_STATE_FOLDER": "/env", "HAIDANG_PART": "agent"])
        var expected = AgentSettings()
        expected.stateFolder = "/env"
        expected.spool = SpoolBounds(bytes: 64 << 20, age: .seconds(14 * 86_400))
        expected.concurrency = 9
        #expect(settings == expected)
    }

    @Test(arguments: [
        ("a = 1", "agent.conf:1: unknown key \"a\""), ("\nlog-level = loud", "agent.conf:2: log-level"),
        ("concurrency = 1\nconcurrency = 2", "agent.conf:2: concurrency is set twice"),
        ("nonsense", "agent.conf:1: \"nonsense\" is not key = value"),
        ("spool-max-bytes = 9999999999GiB", "agent.conf:1: spool-max-bytes"),
        ("state-folder =", "agent.conf:1: state-folder"),
    ]) func whatIsWrongIsSaidWithItsLine(text: String, problem: String) {
        #expect {
            try settings(text)
        } throws: {
            "\($0)".hasPrefix(problem)
        }
    }

    @Test func anErrorFromTheEnvironmentNamesIt() {
        #expect {
            try settings("", environment: ["HAIDANG_CONCURRENCY": "none"])
        } throws: {
            "\($0)".hasPrefix("HAIDANG_CONCURRENCY: ")
        }
    }
}
