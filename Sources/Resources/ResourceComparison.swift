import Detection
import Foundation
import Inventory
import Notify
import ProbeSettings
import Storage
import Vocabulary

/// What differs between a resource as it is and as it is declared, field by field, for a person to read.
enum ResourceComparison {
    /// `field: old → new`; nothing when the two are the same.
    static func differences(from old: Resource, to new: Resource) -> [String] {
        guard old != new else { return [] }
        let (before, after) = (fields(of: old), fields(of: new))
        let keys = (before.map(\.key) + after.map(\.key)).reduce(into: [String]()) { keys, key in
            if !keys.contains(key) { keys.append(key) }
        }
        let (olds, news) = (Self.index(before), Self.index(after))
        return keys.compactMap { key in
            let (was, became) = (olds[key] ?? "", news[key] ?? "")
            return was == became ? nil : "\(key): \(was) → \(became)"
        }
    }

    private static func index(_ fields: [(key: String, value: String)]) -> [String: String] {
        Dictionary(fields.map { ($0.key, $0.value) }) { first, _ in first }
    }

    private static func fields(of resource: Resource) -> [(key: String, value: String)] {
        switch resource {
        case .unit(let unit):
            [
                ("title", unit.title), ("level", unit.level), ("parent", unit.parent), ("code", unit.code),
                ("begins", unit.begins), ("ends", unit.ends),
            ]
        case .site(let site):
            [
                ("title", site.title), ("units", site.units.joined(separator: ", ")), ("address", site.address),
                ("latitude", site.coordinates.map { "\($0.latitude)" } ?? ""),
                ("longitude", site.coordinates.map { "\($0.longitude)" } ?? ""),
                ("contacts", site.contacts.map(words).joined(separator: "; ")),
            ]
        case .hours(let hours):
            [
                ("title", hours.title),
                ("weekly", hours.times.rules.map(\.description).joined(separator: "; ")),
                ("except", hours.exceptionTexts.joined(separator: "; ")),
            ]
        case .asset(let asset):
            [
                ("class", asset.assetClass), ("site", asset.site), ("unit", asset.unit), ("address", asset.address),
                ("url", asset.url), ("importance", asset.importance.rawValue),
                ("hours", asset.hours), ("via", asset.viaTexts.joined(separator: ", ")),
                ("flapping", asset.flapping.rawValue), ("secrets", asset.secretTexts.joined(separator: ", ")),
                ("answers", asset.answers.joined(separator: ", ")),
                ("plugins", asset.plugins.joined(separator: ", ")), ("exporter", asset.exporter),
            ]
                + BookField.allCases.compactMap { field in
                    asset.book[field].map { (key: field.rawValue, value: $0) }
                }
        case .rule(let rule):
            [
                ("patience", rule.patience?.spelled ?? ""), ("classes", rule.match.classes.joined(separator: ", ")),
                ("units", rule.match.units.joined(separator: ", ")),
                ("sites", rule.match.sites.joined(separator: ", ")),
                ("assets", rule.match.assets.joined(separator: ", ")),
            ]
                + rule.checks.sorted { $0.key < $1.key }.map { kind, settings in
                    let texts = settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                    return (key: kind, value: texts.joined(separator: ", "))
                }
        case .maintenance(let maintenance):
            fields(of: MaintenanceDraft(maintenance))
        case .route(let route):
            [
                ("importance", route.importance.map(\.rawValue).sorted().joined(separator: ", ")),
                ("language", route.language), ("channel", ChannelWords.of(route.channels.first)),
                ("fallback", route.channels.fallback.map(ChannelWords.of) ?? ""),
                ("proofOfLife", route.channels.proof.rawValue),
                (
                    "quietHours",
                    Importance.allCases.map { ($0, route.channels.quiet.texts($0)) }.filter { !$0.1.isEmpty }
                        .map { "\($0.rawValue): \($1.joined(separator: "; "))" }.joined(separator: ", ")
                ),
            ]
        }
    }

    private static func fields(of draft: MaintenanceDraft) -> [(key: String, value: String)] {
        [
            ("from", draft.from), ("until", draft.until), ("every", draft.every.joined(separator: "; ")),
            ("sites", draft.sites.joined(separator: ", ")), ("units", draft.units.joined(separator: ", ")),
            ("assets", draft.assets.joined(separator: ", ")), ("classes", draft.classes.joined(separator: ", ")),
            ("reason", draft.reason), ("who", draft.who),
        ]
    }

    private static func words(_ contact: SiteStore.Contact) -> String {
        [contact.name, contact.role, contact.phone, contact.mail].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
