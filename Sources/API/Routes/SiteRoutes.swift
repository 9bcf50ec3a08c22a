import Hummingbird
import Inventory
import SQLite
package import Storage
import Vocabulary

/// `GET /api/v1/sites`, `/sites/{name}` and `/units`.
package struct SiteRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("sites") { _, context in
            let (caller, now) = (try context.requireCaller(), services.now())
            return try await services.database.read { connection in
                let overview = try SiteOverview(connection, scope: caller.scope, at: now)
                return try Response(json: overview.sites.map(SiteDTO.init))
            }
        }
        group.get("sites/{name}") { _, context in
            let (caller, name) = (try context.requireCaller(), try context.parameters.require("name"))
            let now = services.now()
            return try await services.database.read { connection in
                let overview = try SiteOverview(connection, scope: caller.scope, at: now)
                guard let entry = overview.sites.first(where: { $0.site.name == name }) else {
                    throw Problem(.notFound, "no-such-site", "there is no site \"\(name)\"")
                }
                return try Response(json: SiteDTO(entry))
            }
        }
        group.get("units") { _, context in
            let caller = try context.requireCaller()
            return try await services.database.read { connection in
                try Response(json: UnitStore(connection).all(scope: caller.scope).map(UnitDTO.init))
            }
        }
    }
}

package struct UnitDTO: Codable, Sendable {
    package var name: String
    package var title: String
    package var level: String
    package var parent: String
    package var code: String
    package var begins: String
    package var ends: String

    package init(_ unit: UnitStore.Unit) {
        name = unit.name
        title = unit.title
        level = unit.level
        parent = unit.parent
        code = unit.code
        begins = unit.begins
        ends = unit.ends
    }
}

package struct SiteDTO: Codable, Sendable {
    package struct Contact: Codable, Sendable {
        package var name: String
        package var role: String
        package var phone: String
        package var mail: String

        package init(_ contact: SiteStore.Contact) {
            name = contact.name
            role = contact.role
            phone = contact.phone
            mail = contact.mail
        }
    }

    package var name: String
    package var title: String
    /// Of the unit the site is named for.
    package var level: String
    package var units: [String]
    package var address: String
    package var latitude: Double?
    package var longitude: Double?
    package var contacts: [Contact]
    /// `up`, `degraded`, `down`, `unknown`, `no-address` or `outside-hours`.
    package var state: String
    package var reason: ReasonDTO?
    package var since: String?
    /// The asset that says so.
    package var cause: String?
    package var assets: [String]

    package init(_ entry: SiteOverview.Entry) {
        let site = entry.site
        name = site.name
        title = site.title
        level = entry.level
        units = site.units
        address = site.address
        latitude = site.coordinates?.latitude
        longitude = site.coordinates?.longitude
        contacts = site.contacts.map(Contact.init)
        assets = entry.assets.map(\.asset.name)
        switch entry.standing {
        case .noAddress:
            state = "no-address"
        case .outsideHours:
            state = "outside-hours"
        case .known(let outcome, since: let since, let asset):
            state = outcome.state.word
            reason = outcome.reason.map(ReasonDTO.init)
            self.since = since?.description
            cause = asset
        }
    }
}
