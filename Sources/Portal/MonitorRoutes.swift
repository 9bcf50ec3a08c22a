import API
import Hummingbird
import NIOCore
import Storage
import Vocabulary

/// `/health` and `/metrics`: how the collector itself is.
struct MonitorRoutes: Sendable {
    let services: APIServices

    func add(to router: Router<PortalContext>) {
        router.get("health") { _, _ in
            // Reading the journal proves that the database answers.
            let pending = try await services.database.read { try JournalStore($0).pendingCount() }
            guard let failure = services.database.writeFailure else {
                return try Response(json: Health(status: "ok", journal: pending))
            }
            // Pages go on, and nothing new is acknowledged: whoever watches the watcher has to hear of it.
            let health = Health(status: "cannot-write", journal: pending, problem: failure)
            var response = try Response(json: health)
            response.status = .serviceUnavailable
            return response
        }
        router.get("metrics") { _, context in
            let caller = try context.requireCaller()
            let now = services.now()
            let text = try await services.database.read { connection in
                let agents = try AgentStore(connection).all(scope: caller.scope)
                var lines = [
                    "# TYPE haidang_journal_reports gauge",
                    "haidang_journal_reports \(try JournalStore(connection).pendingCount())",
                    "# TYPE haidang_agents gauge",
                    "haidang_agents \(agents.count)",
                    "# TYPE haidang_agent_last_seen_seconds gauge",
                ]
                for agent in agents {
                    guard let lastSeen = agent.lastSeen else { continue }
                    let metric = Metric("haidang_agent_last_seen_seconds", ["asset": agent.asset])
                    lines.append("\(metric.text) \((now - lastSeen).inSeconds)")
                }
                return lines.joined(separator: "\n") + "\n"
            }
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }
}

private struct Health: Codable, Sendable {
    var status: String
    /// Reports that are durable and wait to take effect.
    var journal: Int
    var problem: String?
}
