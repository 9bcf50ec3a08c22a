import Hummingbird
import Storage
import Vocabulary

/// `GET /api/v1/status`: what is well and what is not, at a glance.
package struct StatusRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("status") { _, context in
            let caller = try context.requireCaller()
            let now = services.now()
            return try await services.database.read { connection in
                try Response(json: StatusDTO(overview: Overview(connection, scope: caller.scope, at: now), now: now))
            }
        }
    }
}

package struct StatusDTO: Codable, Sendable {
    package var now: String
    /// How many assets are in each state.
    package var counts: [String: Int]
    package var assets: [AssetDTO]
    package var agents: [AgentDTO]

    init(overview: Overview, now: Instant) {
        self.now = now.description
        assets = overview.assets.map(AssetDTO.init)
        agents = overview.agents.map { AgentDTO($0, now: now) }
        counts = Dictionary(assets.map { ($0.state, 1) }, uniquingKeysWith: +)
    }
}
