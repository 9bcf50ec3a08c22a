import Hummingbird
import Resources
import Storage
import Vocabulary

/// `DELETE /api/v1/assets/{name}`, `/sites/{name}`, `/units/{name}`, `/hours/{name}`, `/rules/{name}`,
/// `/maintenances/{name}` and `/routes/{name}`.
package struct RemovalRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        for (path, kind) in [
            ("assets", Resource.Kind.asset), ("sites", .site), ("units", .unit), ("hours", .hours),
            ("rules", .rule), ("maintenances", .maintenance), ("routes", .route),
        ] {
            group.delete("\(path)/{name}") { _, context in
                let (caller, name) = (try context.requireCaller(), try context.parameters.require("name"))
                return try await remove(kind, named: name, by: caller.name)
            }
        }
    }

    private func remove(_ kind: Resource.Kind, named name: String, by person: String) async throws -> Response {
        let now = services.now()
        do {
            let reassigned = try await services.database.write { connection in
                try ResourceRemoval.remove(kind, named: name, by: person, at: now, in: connection)
            }
            services.onReassigned(reassigned)
            return try Response(json: ["kind": kind.rawValue, "name": name])
        } catch let refusal as RemovalRefusal {
            switch refusal {
            case .unknown: throw Problem(.notFound, "no-such-resource", refusal.description)
            case .needed, .onlyAgent: throw Problem(.conflict, "still-needed", "\(kind.rawValue) \(name): \(refusal)")
            }
        }
    }
}
