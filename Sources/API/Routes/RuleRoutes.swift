package import Detection
import Hummingbird
import ProbeSettings
import Storage
import Vocabulary

/// `GET /api/v1/rules`: how some assets are judged otherwise than their class has it.
package struct RuleRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("rules") { _, context in
            let caller = try context.requireCaller()
            return try await services.database.read { connection in
                let rules = try RuleStore(connection).all()
                // What names a place or a thing may name one out of sight.
                let seen = rules.filter { caller.scope == .everything || $0.match.isOfClassesAlone }
                return try Response(json: seen.map(RuleDTO.init))
            }
        }
    }
}

package struct RuleDTO: Codable, Sendable {
    package var name: String
    package var classes: [String]
    package var units: [String]
    package var sites: [String]
    package var assets: [String]
    package var patience: String?
    package var checks: [String: [String: String]]

    package init(_ rule: Rule) {
        name = rule.name
        (classes, units, sites, assets) = (rule.match.classes, rule.match.units, rule.match.sites, rule.match.assets)
        patience = rule.patience?.spelled
        checks = rule.checks
    }
}
