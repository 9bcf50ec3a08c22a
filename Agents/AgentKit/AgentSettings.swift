internal import Logging
package import ProbeSettings
package import Spool

/// What `agent.conf` and the environment say.
package struct AgentSettings: Hashable, Sendable {
    package var stateFolder = "/var/lib/haidang"
    package var spool = SpoolBounds()
    /// Plug-ins of this machine's administrator: what lies there may be run.
    package var pluginFolder = "/etc/haidang/plugins"
    /// Checks that run at the same time: a dead target holds its place until its timeout, and for a burst after that.
    package var concurrency = 4096
    /// A level of swift-log: trace, debug, info, notice, warning, error, critical.
    package var logLevel = "info"

    package init() {}

    package static let keys = [
        "state-folder", "plugin-folder", "spool-max-bytes", "spool-max-age", "concurrency", "log-level",
    ]

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        stateFolder = reader.text("state-folder", default: stateFolder)
        guard stateFolder.hasPrefix("/") || stateFolder.hasPrefix("./") else {
            throw SettingsError(
                key: "state-folder", problem: "\"\(stateFolder)\" is not a path such as /var/lib/haidang")
        }
        pluginFolder = reader.text("plugin-folder", default: pluginFolder)
        guard pluginFolder.hasPrefix("/") else {
            throw SettingsError(
                key: "plugin-folder", problem: "\"\(pluginFolder)\" is not a path such as /etc/haidang/plugins")
        }
        spool.bytes = try Self.size(&reader, default: spool.bytes)
        spool.age = try reader.duration(
            "spool-max-age", in: .seconds(3600)...(.seconds(366 * 86_400)), default: spool.age)
        concurrency = try reader.integer("concurrency", in: 1...65_536, default: concurrency)
        let level = reader.text("log-level", default: logLevel)
        guard Logger.Level(rawValue: level) != nil else {
            let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError(key: "log-level", problem: "\"\(level)\" is none of: \(known)")
        }
        logLevel = level
    }

    /// A number of bytes, also as `512MiB` or `2GiB`.
    private static func size(_ reader: inout SettingsReader, default fallback: Int64) throws(SettingsError) -> Int64 {
        let key = "spool-max-bytes"
        guard let text = reader.text(key) else { return fallback }
        let units: [(String, Int64)] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]
        let unit = units.first { text.hasSuffix($0.0) }
        let digits = unit == nil ? Substring(text) : text.dropLast(3).trimmed
        let (bytes, overflow) = (Int64(digits) ?? -1).multipliedReportingOverflow(by: unit?.1 ?? 1)
        guard !overflow, bytes >= 1 << 20, bytes <= 1 << 40 else {
            throw SettingsError(key: key, problem: "\"\(text)\" is not a size from 1MiB to 1024GiB")
        }
        return bytes
    }
}
