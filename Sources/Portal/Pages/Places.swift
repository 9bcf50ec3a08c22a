import Inventory
import SQLite
import Storage
import Vocabulary
import WebUI

/// Units and sites by name, with their titles and whom to call: what most pages speak of.
struct Places {
    let tree: UnitTree
    let sites: [SiteStore.Site]
    private let units: [String: UnitStore.Unit]
    private let sitesByName: [String: SiteStore.Site]
    /// The first site of each unit that says whom to call.
    private let contacts: [String: SiteStore.Contact]

    init(_ connection: Connection, scope: Scope) throws {
        let units = try UnitStore(connection).all(scope: scope).map { ($0, order: Self.order($0)) }
            .sorted { $0.order < $1.order }.map(\.0)
        tree = UnitTree(units.map { ($0.name, $0.parent.isEmpty ? nil : $0.parent) })
        self.units = Dictionary(units.map { ($0.name, $0) }) { first, _ in first }
        sites = try SiteStore(connection).all(scope: scope).map { ($0, order: $0.title.foldedForSorting) }
            .sorted { ($0.order, $0.0.name) < ($1.order, $1.0.name) }.map(\.0)
        sitesByName = Dictionary(sites.map { ($0.name, $0) }) { first, _ in first }
        var contacts: [String: SiteStore.Contact] = [:]
        for site in sites {
            guard let contact = site.contacts.first else { continue }
            for unit in site.units where contacts[unit] == nil { contacts[unit] = contact }
        }
        self.contacts = contacts
    }

    /// The levels that the example has in their order, others after them; then by title.
    private static func order(_ unit: UnitStore.Unit) -> String {
        let place = KnownLevel.allCases.firstIndex { $0.rawValue == unit.level }
        return "\(place.map(String.init) ?? "9 \(unit.level)") \(unit.title.foldedForSorting) \(unit.name)"
    }

    func unit(_ name: String) -> UnitStore.Unit? { units[name] }

    func named(unit name: String) -> Named { Named(name, title: units[name]?.title ?? "") }

    func named(site name: String) -> Named { Named(name, title: sitesByName[name]?.title ?? "") }

    /// Whom to call about something: at its site, else at a site of its unit.
    func contact(site: String, unit: String) -> Contact? {
        (sitesByName[site]?.contacts.first ?? contacts[unit]).map { Contact($0) }
    }

    /// Everybody at the site; where nobody is recorded there, the unit's.
    func contacts(site: String, unit: String) -> [Contact] {
        let there = sitesByName[site]?.contacts.map { Contact($0) } ?? []
        return there.isEmpty ? contact(site: site, unit: unit).map { [$0] } ?? [] : there
    }

    /// Every level there is, in order.
    var levels: [String] {
        var seen: Set<String> = []
        return units.values.map { ($0.level, Self.order($0)) }.sorted { $0.1 < $1.1 }.map(\.0)
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension Contact {
    init(_ contact: SiteStore.Contact) {
        self.init(name: contact.name, phone: contact.phone, role: contact.role, mail: contact.mail)
    }
}

extension Named {
    init(_ asset: AssetStore.Asset) {
        self.init(asset.name, title: asset.title)
    }
}
