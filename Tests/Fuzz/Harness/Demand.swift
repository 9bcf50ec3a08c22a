import ProbeSettings
import Vocabulary

/// Ends the run with these words when it does not hold: a finding, as a trap is.
func demand(_ holds: Bool, _ words: @autoclosure () -> String) {
    if !holds { fatalError(words()) }
}

/// Both the same, or a finding that shows both.
func demandSame<Value: Equatable>(_ one: Value, _ other: Value, _ words: @autoclosure () -> String) {
    demand(one == other, "\(words()): \(String(reflecting: one)) and \(String(reflecting: other))")
}

/// What goes on the wire and into storage is a number.
func demandNumbers(_ readings: [Reading]) {
    for reading in readings { demand(reading.value.isFinite, "\(reading.metric.text) is \(reading.value)") }
}

/// What `body` makes, or nil where it throws.
func made<Value, Failure: Error>(_ body: () throws(Failure) -> Value) -> Value? {
    do throws(Failure) { return try body() } catch { return nil }
}

/// Settings that nothing is wrong with.
func sound<Settings: ProbeSettings>(_ values: [String: String]) -> Settings {
    do throws(SettingsError) { return try Settings(values) } catch { fatalError("settings are refused: \(error)") }
}
