import Detection
import HTTPSettings
import HostSettings
import ICMPSettings
import Inventory
import ProbeSettings
import TCPSettings
import Vocabulary

extension ResourceReader {
    /// The longest that a failure may go unsaid.
    private static let longest = Duration.seconds(86_400)
    private static let kinds = ["host", "http", "icmp", "tcp"]

    private static func judge(_ settings: [String: String], of kind: String) throws(SettingsError) {
        switch kind {
        case HostSettings.kind.rawValue: _ = try HostSettings(settings)
        case HTTPSettings.kind.rawValue: _ = try HTTPSettings(settings)
        case ICMPSettings.kind.rawValue: _ = try ICMPSettings(settings)
        default: _ = try TCPSettings(settings)
        }
    }

    func rule(_ fields: inout Fields) -> Rule {
        var rule = Rule(name: name(&fields))
        if var match = fields.fields("match") {
            for (line, text) in match.texts("classes") {
                if AssetClass.named(text) == nil {
                    let known = AssetClass.all.map(\.name).joined(separator: ", ")
                    match.fail("classes: \"\(text)\" is none of: \(known)", at: line)
                }
                rule.match.classes.append(text)
            }
            rule.match.units = match.references("units", to: .unit)
            rule.match.sites = match.references("sites", to: .site)
            rule.match.assets = match.references("assets", to: .asset)
            match.finish()
            fields.absorb(match)
        }
        let (line, patience) = (fields.line(of: "patience"), fields.text("patience", default: ""))
        if !patience.isEmpty {
            let span = Duration(spelled: patience)
            if let span, span <= Self.longest {
                rule.patience = span
            } else {
                fields.fail("patience: \"\(patience)\" is not a span up to 1d, such as 10s, 5m, 1h", at: line)
            }
        }
        rule.checks = checks(&fields)
        if rule.checks.isEmpty, patience.isEmpty {
            fields.fail("it rules nothing: patience, or checks with settings of \(Self.names), say what")
        }
        fields.finish()
        return rule
    }

    /// `checks: {icmp: {loss-percent: 10, bursts: 2s}}`
    private func checks(_ fields: inout Fields) -> [String: [String: String]] {
        guard var checks = fields.fields("checks") else { return [:] }
        var result: [String: [String: String]] = [:]
        for kind in Self.kinds {
            guard var settings = checks.fields(kind) else { continue }
            var values: [String: String] = [:]
            for (key, line, value) in settings.takeRest() {
                guard let text = value.scalarText else {
                    settings.fail("checks: \(kind): \(key) takes one value", at: line)
                    continue
                }
                values[key] = text
                // One at a time, so that each error has its line.
                do throws(SettingsError) {
                    try Self.judge([key: text], of: kind)
                } catch {
                    settings.fail("checks: \(kind): \(error)", at: line)
                }
            }
            if !values.isEmpty { result[kind] = values }
            checks.absorb(settings)
        }
        checks.finish()
        fields.absorb(checks)
        return result
    }

    private static var names: String { kinds.joined(separator: ", ") }
}
