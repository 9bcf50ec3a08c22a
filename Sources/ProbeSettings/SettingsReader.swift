/// Hands out the values of a check's settings by key and type, and knows which keys nobody asked for.
package struct SettingsReader {
    private var values: [String: String]
    private var known: Set<String> = []

    package init(_ values: [String: String]) {
        self.values = values
    }

    package mutating func text(_ key: String) -> String? {
        known.insert(key)
        return values.removeValue(forKey: key)
    }

    package mutating func text(_ key: String, default fallback: String) -> String {
        text(key) ?? fallback
    }

    package mutating func integer(
        _ key: String, in range: ClosedRange<Int>, default fallback: Int
    ) throws(SettingsError) -> Int {
        guard let value = text(key) else { return fallback }
        guard let number = Int(value), range.contains(number) else {
            throw SettingsError(
                key: key, problem: "\"\(value)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    package mutating func flag(_ key: String, default fallback: Bool) throws(SettingsError) -> Bool {
        switch text(key) {
        case nil: return fallback
        case "true", "yes": return true
        case "false", "no": return false
        case let value?: throw SettingsError(key: key, problem: "\"\(value)\" is neither true nor false")
        }
    }

    /// A span such as `500ms`, `5s`, `2m`, `1h`, `7d`.
    package mutating func duration(
        _ key: String, in range: ClosedRange<Duration>, default fallback: Duration
    ) throws(SettingsError) -> Duration {
        guard let value = text(key) else { return fallback }
        guard let span = Duration(spelled: value), range.contains(span) else {
            throw SettingsError(
                key: key,
                problem:
                    "\"\(value)\" is not a span from \(range.lowerBound.spelled) to \(range.upperBound.spelled), such as 500ms, 5s, 2m, 1h"
            )
        }
        return span
    }

    /// One of the words of an enumeration.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, default fallback: Choice
    ) throws(SettingsError) -> Choice where Choice.RawValue == String {
        guard let value = text(key) else { return fallback }
        guard let choice = Choice(rawValue: value) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError(key: key, problem: "\"\(value)\" is none of: \(words)")
        }
        return choice
    }

    /// All keys below `prefix`, without it and in order, e.g. `header.` gives `Accept` for `header.Accept`.
    package mutating func texts(under prefix: String) -> [(key: String, value: String)] {
        known.insert(prefix + "…")
        let keys = values.keys.filter { $0.hasPrefix(prefix) && $0.count > prefix.count }.sorted()
        return keys.map { key in (String(key.dropFirst(prefix.count)), values.removeValue(forKey: key) ?? "") }
    }

    /// Refuses the first key, in order, that nobody asked for.
    package func finish() throws(SettingsError) {
        guard let stray = values.keys.min() else { return }
        throw SettingsError(
            key: stray,
            problem: known.isEmpty
                ? "unknown: there is nothing to set here" : "unknown; known: \(known.sorted().joined(separator: ", "))"
        )
    }
}

extension Duration {
    /// Reads `500ms`, `5s`, `2m`, `1h`, `7d`: a whole number and a unit.
    package init?(spelled text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number <= 1_000_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": self = .milliseconds(number)
        case "s": self = .seconds(number)
        case "m": self = .seconds(number * 60)
        case "h": self = .seconds(number * 3600)
        case "d": self = .seconds(number * 86_400)
        default: return nil
        }
    }

    /// The shortest spelling that `init(spelled:)` reads back; finer than a millisecond is lost.
    package var spelled: String {
        let (seconds, attoseconds) = components
        let fraction = attoseconds / 1_000_000_000_000_000
        if fraction != 0 { return "\(seconds * 1000 + fraction)ms" }
        for (unit, size) in [("d", Int64(86_400)), ("h", 3600), ("m", 60)] where seconds != 0 && seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}
