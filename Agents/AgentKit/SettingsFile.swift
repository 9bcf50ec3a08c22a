package import ProbeSettings

/// A file of `key = value` lines, and the variables that win over them: each value with its place.
package struct SettingsFile: Sendable {
    private let file: String
    private var values: [String: String] = [:]
    private var places: [String: String] = [:]

    /// `#` begins a comment line. `HAIDANG_STATE_FOLDER` and its like in `environment` win.
    ///
    /// - Parameters:
    ///   - file: the name to put before the line in errors.
    ///   - keys: those that there are; any other is refused.
    package init(
        _ text: String, file: String, environment: [String: String] = [:], keys: [String]
    ) throws(AgentSettingsError) {
        self.file = file
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let place = "\(file):\(number + 1)"
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "=") else {
                throw AgentSettingsError(place: place, problem: "\"\(line)\" is not key = value")
            }
            let key = String(line[..<equals].trimmed)
            guard keys.contains(key) else {
                throw AgentSettingsError(
                    place: place, problem: "unknown key \"\(key)\"; known: \(keys.joined(separator: ", "))")
            }
            guard values[key] == nil else {
                throw AgentSettingsError(place: place, problem: "\(key) is set twice")
            }
            values[key] = String(line[line.index(after: equals)...].trimmed)
            places[key] = place
        }
        for key in keys {
            let name = "HAIDANG_" + key.uppercased().replacing("-", with: "_")
            guard let value = environment[name] else { continue }
            values[key] = value
            places[key] = name
        }
    }

    /// Takes settings out; what cannot be taken is told with its place.
    package func read<Settings>(
        _ body: (inout SettingsReader) throws(SettingsError) -> Settings
    ) throws(AgentSettingsError) -> Settings {
        var reader = SettingsReader(values)
        do {
            return try body(&reader)
        } catch {
            throw AgentSettingsError(place: place(of: error.key), problem: error.description)
        }
    }

    /// File and line, or the variable's name.
    package func place(of key: String) -> String {
        places[key] ?? file
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
    var trimmed: Substring {
        let front = drop { $0.isWhitespace }
        return front.dropLast(front.reversed().prefix { $0.isWhitespace }.count)
    }
}
