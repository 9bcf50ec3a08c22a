internal import Logging
internal import ProbeSettings
package import Spool

/// What `agent.conf` and the environment say.
package struct AgentSettings: Hashable, Sendable {
    package var stateFolder = "/var/lib/haidang"
    package var spool = SpoolBounds()
    /// Checks that run at the same time.
    package var concurrency = 512
    /// A level of swift-log: trace, debug, info, notice, warning, error, critical.
    package var logLevel = "info"

    package init() {}

    /// Reads `key = value` lines; `#` begins a comment line. `HAIDANG_STATE_FOLDER` and its like in `environment` win.
    ///
    /// - Parameter file: the name to put before the line in errors.
    package init(
        _ text: String, file: String, environment: [String: String] = [:]
    ) throws(AgentSettingsError) {
        var places: [String: String] = [:]
        var values: [String: String] = [:]
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let place = "\(file):\(number + 1)"
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "=") else {
                throw AgentSettingsError(place: place, problem: "\"\(line)\" is not key = value")
            }
            let key = String(line[..<equals].trimmed)
            guard Self.keys.contains(key) else {
                throw AgentSettingsError(
                    place: place, problem: "unknown key \"\(key)\"; known: \(Self.keys.joined(separator: ", "))")
            }
            guard values[key] == nil else {
                throw AgentSettingsError(place: place, problem: "\(key) is set twice")
            }
            values[key] = String(line[line.index(after: equals)...].trimmed)
            places[key] = place
        }
        for key in Self.keys {
            let name = "HAIDANG_" + key.uppercased().replacing("-", with: "_")
            guard let value = environment[name] else { continue }
            values[key] = value
            places[key] = name
        }
        do {
            try self.init(values)
        } catch {
            throw AgentSettingsError(place: places[error.key] ?? file, problem: error.description)
        }
    }

    private static let keys = ["state-folder", "spool-max-bytes", "spool-max-age", "concurrency", "log-level"]

    private init(_ values: [String: String]) throws(SettingsError) {
        var reader = SettingsReader(values)
        stateFolder = reader.text("state-folder", default: stateFolder)
        guard stateFolder.hasPrefix("/") || stateFolder.hasPrefix("./") else {
            throw SettingsError(
                key: "state-folder", problem: "\"\(stateFolder)\" is not a path such as /var/lib/haidang")
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
        try reader.finish()
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

/// What is wrong with the settings: the file and line, or the name in the environment, and the problem.
package struct AgentSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    package var place: String
    package var problem: String

    package init(place: String, problem: String) {
        self.place = place
        self.problem = problem
    }

    package var description: String { "\(place): \(problem)" }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let front = drop { $0.isWhitespace }
        return front.dropLast(front.reversed().prefix { $0.isWhitespace }.count)
    }
}
