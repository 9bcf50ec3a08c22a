package import Detection
import Inventory
import Notify
package import SQLite
package import Storage
package import Vocabulary

/// Everything that could have been declared, as it stands in the store.
package struct CurrentResources: Sendable {
    package let units: [UnitStore.Unit]
    package let sites: [SiteStore.Site]
    package let hours: [Hours]
    package let assets: [AssetResource]
    package let rules: [Rule]
    package let maintenances: [Maintenance]
    package let routes: [RouteResource]

    private let places: [Resource.Kind: [String: Int]]

    package init(_ connection: Connection, scope: Scope = .everything) throws {
        units = try UnitStore(connection).all(scope: scope)
        sites = try SiteStore(connection).all(scope: scope)
        hours = try HoursStore(connection).all()
        // Within a scope one may be for something out of sight alone: that cannot be declared again.
        maintenances = try MaintenanceStore(connection).all(scope: scope).filter { !$0.targets.isEmpty }
        let books = try BookStore(connection).all(scope: scope)
        let vias = Dictionary(grouping: try LinkStore(connection).all(scope: scope), by: \.asset)
        // Which secret is whose is administrators' matter.
        let secrets = try scope == .everything ? AssetSecretStore(connection).all() : [:]
        assets = try AssetStore(connection).all(scope: scope).map { asset in
            AssetResource(
                asset, book: books[asset.id] ?? [:], via: LinkStore.grouped(vias[asset.name] ?? []),
                secrets: secrets[asset.id] ?? [:])
        }
        // Routes say who is told of what everywhere, and rules what is tolerated: they belong to no unit.
        rules = try scope == .everything ? RuleStore(connection).all() : []
        routes = try scope == .everything ? RouteStore(connection).all().map(RouteResource.init) : []
        let index = { (names: [String]) in
            Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        }
        places = [
            .unit: index(units.map(\.name)), .site: index(sites.map(\.name)), .hours: index(hours.map(\.name)),
            .asset: index(assets.map(\.name)), .maintenance: index(maintenances.map(\.name)),
            .rule: index(rules.map(\.name)), .route: index(routes.map(\.name)),
        ]
    }

    package func resource(_ kind: Resource.Kind, named name: String) -> Resource? {
        guard let place = places[kind]?[name] else { return nil }
        return switch kind {
        case .unit: .unit(units[place])
        case .site: .site(sites[place])
        case .hours: .hours(hours[place])
        case .asset: .asset(assets[place])
        case .rule: .rule(rules[place])
        case .maintenance: .maintenance(maintenances[place])
        case .route: .route(routes[place])
        }
    }

    /// All of them, each kind after those it builds on, parents before their children.
    package var all: [Resource] {
        parentsFirst.map(Resource.unit) + sites.map(Resource.site) + hours.map(Resource.hours)
            + assets.map(Resource.asset) + rules.map(Resource.rule) + maintenances.map(Resource.maintenance)
            + routes.map(Resource.route)
    }

    var references: ReferenceCheck.Known {
        ReferenceCheck.Known(
            units: Dictionary(units.map { ($0.name, $0.parent) }) { first, _ in first }, sites: Set(sites.map(\.name)),
            hours: Set(hours.map(\.name)),
            assets: Dictionary(assets.map { ($0.name, Array($0.via.joined())) }) { first, _ in first })
    }

    private var parentsFirst: [UnitStore.Unit] {
        let children = Dictionary(grouping: units, by: \.parent)
        let known = Set(units.map(\.name))
        // Within a scope the top of the tree may be out of sight.
        var ordered = units.filter { $0.parent.isEmpty || !known.contains($0.parent) }
        var next = 0
        while next < ordered.count {
            ordered += children[ordered[next].name] ?? []
            next += 1
        }
        return ordered
    }
}

extension AssetResource {
    package init(_ asset: AssetStore.Asset, book: [String: String], via: [[String]], secrets: [String: String]) {
        self.init(name: asset.name, assetClass: asset.assetClass)
        address = asset.address
        url = asset.url
        unit = asset.unit
        site = asset.site
        importance = Importance(rawValue: asset.importance) ?? .normal
        hours = asset.hours
        answers = asset.answers.filter { !$0.hasPrefix(DeclaredChecks.pluginPrefix) }
        plugins = asset.answers.filter { $0.hasPrefix(DeclaredChecks.pluginPrefix) }.map {
            String($0.dropFirst(DeclaredChecks.pluginPrefix.count))
        }
        exporter = asset.exporter
        self.via = via
        self.secrets = secrets
        flapping = FlappingRule(rawValue: asset.flapping) ?? .fold
        self.book = book.reduce(into: [:]) { fields, entry in
            if let field = BookField(rawValue: entry.key) { fields[field] = entry.value }
        }
    }
}

extension RouteResource {
    init(_ route: RouteStore.Route) throws {
        self.init(
            name: route.name, importance: route.importance, language: route.language,
            channels: try RouteChannels(json: route.channel))
    }

    var stored: RouteStore.Route {
        get throws {
            RouteStore.Route(
                name: name, importance: importance, language: language, channel: try channels.json)
        }
    }
}
