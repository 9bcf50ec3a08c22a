import CodecSettings
import DNSSettings
import Detection
import ExecSettings
import H323Settings
import HTTPSettings
import HostSettings
import ICMPSettings
import Inventory
import NTPSettings
import ProbeSettings
import PrometheusSettings
import SIPSettings
import SNMPSettings
import TCPSettings
import TLSSettings
import Vocabulary

extension ResourceReader {
    /// The longest that a failure may go unsaid.
    private static let longest = Duration.seconds(86_400)
    private static let kinds = [
        "codec", "dns", "h323", "host", "http", "icmp", "ntp", "prometheus", "sip", "snmp", "tcp", "tls",
    ]

    private static func judge(_ settings: [String: String], of kind: String) throws(SettingsError) {
        switch kind {
        // Another rule may say which plug-in it is.
        case _ where kind.hasPrefix(DeclaredChecks.pluginPrefix):
            _ = try ExecSettings(settings.merging(["plugin": "of-another-rule"]) { own, _ in own })
        case DNSSettings.kind.rawValue: _ = try DNSSettings(settings)
        case H323Settings.kind.rawValue: _ = try H323Settings(settings)
        case HostSettings.kind.rawValue: _ = try HostSettings(settings)
        case HTTPSettings.kind.rawValue: _ = try HTTPSettings(withSecret(settings, of: kind))
        case ICMPSettings.kind.rawValue: _ = try ICMPSettings(settings)
        case CodecSettings.kind.rawValue: _ = try CodecSettings(withSecret(settings, of: kind))
        case NTPSettings.kind.rawValue: _ = try NTPSettings(settings)
        case PrometheusSettings.kind.rawValue: _ = try PrometheusSettings(settings)
        case SIPSettings.kind.rawValue:
            // A name wants a password, and without one there is none.
            let whole = try withSecret(settings, of: kind)
            _ = try SIPSettings(settings["login"] == nil ? settings : whole)
        case SNMPSettings.kind.rawValue: _ = try SNMPSettings(withSecret(settings, of: kind))
        case TLSSettings.kind.rawValue: _ = try TLSSettings(settings)
        default: _ = try TCPSettings(settings)
        }
    }

    /// Each asset brings its own.
    private static func withSecret(
        _ settings: [String: String], of kind: String
    ) throws(SettingsError) -> [String: String] {
        guard settings["secret"] == nil else {
            throw SettingsError(key: "secret", problem: "stands with the asset: `secrets: {\(kind): NAME}`")
        }
        return settings.merging(["secret": "of-the-asset"]) { rule, _ in rule }
    }

    /// All of them, so that each is told by its line: what is wrong is left out, and the rest judged again.
    private static func errors(in settings: [String: String], of kind: String) -> [SettingsError] {
        var (left, errors): ([String: String], [SettingsError]) = (settings, [])
        while true {
            do throws(SettingsError) {
                try judge(left, of: kind)
                return errors
            } catch {
                errors.append(error)
                guard left.removeValue(forKey: error.key) != nil else { return errors }
            }
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
        for kind in Self.kinds + checks.keys(under: DeclaredChecks.pluginPrefix) {
            guard var settings = checks.fields(kind) else { continue }
            var (values, lines): ([String: String], [String: Int]) = ([:], [:])
            for (key, line, value) in settings.takeRest() {
                guard let text = value.scalarText else {
                    settings.fail("checks: \(kind): \(key) takes one value", at: line)
                    continue
                }
                (values[key], lines[key]) = (text, line)
            }
            if !values.isEmpty { result[kind] = values }
            for error in Self.errors(in: values, of: kind) {
                settings.fail("checks: \(kind): \(error)", at: lines[error.key])
            }
            checks.absorb(settings)
        }
        checks.finish()
        fields.absorb(checks)
        return result
    }

    private static var names: String { kinds.joined(separator: ", ") }
}
