package import ProbeSettings
package import Vocabulary

/// What may be set on a `prometheus` check; its target is the URL of an exporter's page, such as `http://db-1:9187/metrics`.
package struct PrometheusSettings: ProbeSettings {
    /// A bound that a series must keep, or the target is degraded.
    package struct Bound: Hashable, Sendable {
        package enum Side: String, CaseIterable, Hashable, Sendable {
            case above, below
        }

        package var selector: Selector
        package var side: Side
        package var value: Double
    }

    package static var kind: ProbeKind { "prometheus" }
    package static var pace: Pace { Pace(every: .seconds(60), within: .seconds(10)) }

    /// What is kept.
    package var metrics: [Selector]
    /// At most so many series are kept.
    package var series: Int
    package var bounds: [Bound]
    package var verifies: Bool
    /// The name of a secret or the path of a file: its first line is a bearer token.
    package var secret: String?
    /// Reading the page stops there, in bytes.
    package var bodyLimit: Int

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        metrics = []
        for word in Self.words(reader.text("metrics", default: "")) {
            metrics.append(try Selector(word, key: "metrics"))
        }
        series = try reader.integer("series", in: 1...1000, default: 100)
        bounds = []
        for side in Bound.Side.allCases {
            for (text, value) in reader.texts(under: "\(side.rawValue).") {
                let key = "\(side.rawValue).\(text)"
                guard let number = Double(value), number.isFinite else {
                    throw SettingsError(key: key, problem: "\"\(value)\" is no number")
                }
                bounds.append(Bound(selector: try Selector(text, key: key), side: side, value: number))
            }
        }
        verifies = try reader.flag("verify", default: true)
        secret = reader.text("secret")
        bodyLimit = try reader.integer("body.limit", in: 1...(64 << 20), default: 16 << 20)
    }

    /// By comma or blank, but not within braces.
    private static func words(_ text: String) -> [String] {
        var (words, word, isWithin) = ([String](), "", false)
        for character in text {
            if character == "{" { isWithin = true }
            if character == "}" { isWithin = false }
            if !isWithin, character == "," || character == " " {
                words.append(word)
                word = ""
            } else {
                word.append(character)
            }
        }
        return (words + [word]).filter { !$0.isEmpty }
    }

    package static func validate(target: String) throws(SettingsError) {
        guard let end = target.firstRange(of: "://")?.upperBound,
            ["http://", "https://"].contains(target[..<end].lowercased())
        else {
            throw SettingsError(key: "target", problem: "\"\(target)\" is no URL such as http://db-1:9187/metrics")
        }
        let authority = target[end...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, !authority.contains("@"), target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw SettingsError(
                key: "target",
                problem: "\"\(target)\" needs a host, no user, and no blanks (a token stands in a secret)")
        }
    }
}
