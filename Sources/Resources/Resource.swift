package import Detection
package import Inventory
package import Notify
package import Storage
package import Vocabulary

/// One thing that a file declares.
package enum Resource: Hashable, Sendable {
    case unit(UnitStore.Unit)
    case site(SiteStore.Site)
    case hours(Hours)
    case asset(AssetResource)
    case rule(Rule)
    case maintenance(Maintenance)
    case route(RouteResource)

    /// The kinds in the order in which they build on each other; the raw value stands in files.
    package enum Kind: String, CaseIterable, Sendable {
        case unit = "Unit"
        case site = "Site"
        case hours = "Hours"
        case asset = "Asset"
        case rule = "Rule"
        case maintenance = "Maintenance"
        case route = "Route"
    }

    package var kind: Kind {
        switch self {
        case .unit: .unit
        case .site: .site
        case .hours: .hours
        case .asset: .asset
        case .rule: .rule
        case .maintenance: .maintenance
        case .route: .route
        }
    }

    package var name: String {
        switch self {
        case .unit(let unit): unit.name
        case .site(let site): site.name
        case .hours(let hours): hours.name
        case .asset(let asset): asset.name
        case .rule(let rule): rule.name
        case .maintenance(let maintenance): maintenance.name
        case .route(let route): route.name
        }
    }
}

/// A thing we own or depend on, as a file declares it.
package struct AssetResource: Hashable, Sendable {
    package var name: String
    package var assetClass: String
    package var address = ""
    package var url = ""
    package var unit = ""
    package var site = ""
    package var importance = Importance.normal
    /// The name of the hours it keeps; empty: it is expected to be on always.
    package var hours = ""
    /// Names of assets it depends on: each group is needed, and of a group one is enough.
    package var via: [[String]] = []
    package var flapping = FlappingRule.fold
    /// Kinds of probes that it answers beside ICMP, in order.
    package var answers: [String] = []
    /// What it is asked by plug-ins, in order: names that rules give a meaning.
    package var plugins: [String] = []
    /// The URL of an exporter's page; empty: none.
    package var exporter = ""
    /// Names of the secrets it is asked with, by the kind of probe.
    package var secrets: [String: String] = [:]
    /// Values in their kept form; a field without one is absent.
    package var book: [BookField: String] = [:]

    package init(name: String, assetClass: String) {
        self.name = name
        self.assetClass = assetClass
    }
}

/// Who is told of what, as a file declares it.
package struct RouteResource: Hashable, Sendable {
    package var name: String
    package var importance: Set<Importance>
    package var language: String
    package var channels: RouteChannels

    package init(name: String, importance: Set<Importance>, language: String, channels: RouteChannels) {
        self.name = name
        self.importance = importance
        self.language = language
        self.channels = channels
    }
}

extension AssetResource {
    /// What is kept of `answers` and `plugins`: kinds of probes, and `exec-NAME` for each plug-in.
    var asked: [String] { answers + plugins.map { "\(DeclaredChecks.pluginPrefix)\($0)" } }

    /// As a file has them: what one is enough of in one text, with `|` between.
    var viaTexts: [String] { via.map { $0.joined(separator: " | ") } }

    /// `snmp codecs-ro`, in order.
    var secretTexts: [String] { secrets.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } }
}
