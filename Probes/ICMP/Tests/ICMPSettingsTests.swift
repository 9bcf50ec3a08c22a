import ICMPSettings
import ProbeSettings
import Testing

@Suite struct ICMPSettingsTests {
    @Test func whatALineMayDoIsReadAndChecked() throws {
        let plain = try #require(try ICMPSettings([:]).tolerances)
        #expect(plain == Tolerances(loss: 0.1, latency: .milliseconds(500), jitter: .milliseconds(150)))
        let own = ["loss-percent": "5", "latency": "0s", "jitter": "20ms", "bursts": "2s"]
        #expect(
            try ICMPSettings(own).tolerances
                == Tolerances(loss: 0.05, latency: nil, jitter: .milliseconds(20), bursts: .seconds(2)))
    }

    @Test(arguments: ["loss-percent": "51", "latency": "11s", "jitter": "fast", "bursts": "6s"])
    func aBadValueIsRefusedByItsKey(key: String, value: String) {
        #expect(throws: SettingsError.self) { try ICMPSettings([key: value]) }
        do throws(SettingsError) {
            _ = try ICMPSettings([key: value])
        } catch {
            #expect(error.key == key)
        }
    }
}
