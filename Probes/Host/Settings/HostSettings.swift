package import ProbeSettings
package import Vocabulary

/// What may be set on a check of this machine's own health.
package struct HostSettings: ProbeSettings {
    package static let kind: ProbeKind = "host"
    package static let pace = Pace(every: .seconds(10), within: .seconds(5))

    /// The part of space or inodes in use from which a filesystem is said to be full.
    package var fullRatio: Double
    /// The part of memory below which what is available is said to be low.
    package var lowMemoryRatio: Double
    /// Whether failed systemd units degrade the machine.
    package var demandsUnits: Bool
    /// Whether a clock that nothing synchronises degrades the machine.
    package var demandsClock: Bool

    package static func validate(target: String) throws(SettingsError) {
        guard target.isEmpty else {
            throw SettingsError(
                key: "target", problem: "\"\(target)\" given, but this asks the agent's own machine: leave it empty")
        }
    }

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        fullRatio = try Self.ratio(&reader, "filesystem.full", in: 0.5...1, default: 0.95)
        lowMemoryRatio = try Self.ratio(&reader, "memory.low", in: 0...0.5, default: 0.03)
        demandsUnits = try reader.flag("units.required", default: true)
        demandsClock = try reader.flag("clock.required", default: false)
    }

    private static func ratio(
        _ reader: inout SettingsReader, _ key: String, in range: ClosedRange<Double>, default fallback: Double
    ) throws(SettingsError) -> Double {
        guard let text = reader.text(key) else { return fallback }
        guard let value = Double(text), range.contains(value) else {
            throw SettingsError(
                key: key, problem: "\"\(text)\" is not a ratio from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
