package import Detection
import Hummingbird
import Inventory
package import Storage
package import Vocabulary

/// `GET /api/v1/assets`, `/assets/{name}`, `/assets/{name}/facts`, `/assets/{name}/changes`,
/// `/assets/{name}/paths`.
package struct AssetRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("assets") { _, context in
            let (caller, now) = (try context.requireCaller(), services.now())
            return try await services.database.read { connection in
                try Response(json: Overview(connection, scope: caller.scope, at: now).assets.map(AssetDTO.init))
            }
        }
        group.get("assets/{name}") { _, context in
            let (caller, name) = (try context.requireCaller(), try context.parameters.require("name"))
            let now = services.now()
            return try await services.database.read { connection in
                let asset = try AssetStore(connection).require(name, scope: caller.scope)
                let exemptions = try ExemptionStore(connection).exemptions(at: now, scope: caller.scope)
                let checks = try ConditionStore(connection).statuses(scope: caller.scope, assetID: asset.id)
                var answer = AssetDTO(Overview.Entry(asset, checks: checks, exemptions))
                answer.via = try LinkStore(connection).vias(assetID: asset.id)
                answer.book = try BookStore(connection).book(assetID: asset.id)
                return try Response(json: answer)
            }
        }
        group.get("assets/{name}/facts") { _, context in
            let (caller, name) = (try context.requireCaller(), try context.parameters.require("name"))
            return try await services.database.read { connection in
                let asset = try AssetStore(connection).require(name, scope: caller.scope)
                return try Response(json: FactStore(connection).facts(assetID: asset.id).map(FactDTO.init))
            }
        }
        group.get("assets/{name}/changes") { _, context in
            let (caller, name) = (try context.requireCaller(), try context.parameters.require("name"))
            return try await services.database.read { connection in
                let asset = try AssetStore(connection).require(name, scope: caller.scope)
                let changes = try FactStore(connection).changes(assetID: asset.id, limit: 1000)
                return try Response(json: changes.map(ChangeDTO.init))
            }
        }
        group.get("assets/{name}/paths") { _, context in
            let (caller, name) = (try context.requireCaller(), try context.parameters.require("name"))
            return try await services.database.read { connection in
                let asset = try AssetStore(connection).require(name, scope: caller.scope)
                return try Response(json: PathStore(connection).paths(assetID: asset.id).map(PathDTO.init))
            }
        }
    }
}

extension AssetStore {
    /// The asset; 404 where there is none, or none in the scope: the two look the same from outside.
    package func require(_ name: String, scope: Scope) throws -> Asset {
        guard let asset = try asset(named: name, scope: scope) else {
            throw Problem(.notFound, "no-such-asset", "there is no asset \"\(name)\"")
        }
        return asset
    }
}

package struct AssetDTO: Codable, Sendable {
    package var name: String
    /// What people call it; empty when the book does not say.
    package var title: String
    package var `class`: String
    package var address: String
    package var url: String
    package var unit: String
    package var site: String
    package var importance: String
    /// The hours it keeps; empty: it is expected to be on always.
    package var hours: String
    /// `up`, `degraded`, `down`, `unknown`, `not-configured` or `outside-hours`.
    package var state: String
    package var reason: ReasonDTO?
    package var since: String?
    package var checks: [CheckDTO]
    /// The work that is done on it now, and the hours it is outside of now.
    package var maintenance: ExemptionDTO?
    package var outsideHours: ExemptionDTO?
    /// Only where one asset is asked for: what it depends on, and what the office keeps of it.
    package var via: [String]?
    package var book: [String: String]?

    package init(_ entry: Overview.Entry) {
        name = entry.asset.name
        title = entry.asset.title
        url = entry.asset.url
        `class` = entry.asset.assetClass
        address = entry.asset.address
        unit = entry.asset.unit
        site = entry.asset.site
        importance = entry.asset.importance
        hours = entry.asset.hours
        maintenance = entry.maintenance.map(ExemptionDTO.init)
        outsideHours = entry.outsideHours.map(ExemptionDTO.init)
        checks = entry.checks.map(CheckDTO.init)
        switch entry.standing {
        case .notConfigured:
            state = "not-configured"
        case .outsideHours:
            state = "outside-hours"
        case .known(let outcome, since: let since):
            state = outcome.state.word
            reason = outcome.reason.map(ReasonDTO.init)
            self.since = since?.description
        }
    }
}

/// A maintenance or hours by name, and until when they exempt; absent where no end is in sight.
package struct ExemptionDTO: Codable, Sendable {
    package var name: String
    package var until: String?

    package init(_ exemption: Exemptions.Exemption) {
        name = exemption.name
        until = exemption.until?.description
    }
}

package struct ReasonDTO: Codable, Sendable {
    package var code: String
    package var step: String
    package var expected: String
    package var got: String

    package init(_ reason: Reason) {
        code = reason.code
        step = reason.step
        expected = reason.expected
        got = reason.got
    }
}

package struct FactDTO: Codable, Sendable {
    package var path: String
    package var value: String
    package var source: String
    package var firstSeen: String
    package var lastSeen: String

    package init(_ seen: FactStore.SeenFact) {
        path = seen.fact.path
        value = seen.fact.value
        source = seen.source
        firstSeen = seen.firstSeen.description
        lastSeen = seen.lastSeen.description
    }
}

package struct ChangeDTO: Codable, Sendable {
    package var path: String
    package var source: String
    package var at: String
    package var was: String?
    package var became: String?

    package init(_ change: FactStore.Change) {
        path = change.path
        source = change.source
        at = change.at.description
        was = change.was
        became = change.became
    }
}
