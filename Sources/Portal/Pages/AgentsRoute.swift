import API
import Hummingbird
import Storage
import Vocabulary
import WebUI
import Wire

/// The agents: whether their word can be trusted, and what they cannot see.
struct AgentsRoute: Sendable {
    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let now = services.now()
            let agents = try await services.api.database.read { try AgentStore($0).all(scope: caller.scope) }
            let page = AgentsPage(
                rows: agents.map { Self.row($0, now: now) }, enrolCommand: services.steps.enrolMachine)
            return services.answer(page, request, context)
        }
    }

    private static func row(_ agent: AgentStore.Agent, now: Instant) -> AgentsPage.Row {
        let presence = Presence(agent.presence)
        let isHeard = agent.lastSeen.map { now - $0 < AgentStore.patience } ?? false
        return AgentsPage.Row(
            name: agent.asset, version: presence.programVersion, standing: isHeard ? .up : .unknown,
            lastSeen: agent.lastSeen, lag: presence.oldestSpooled.map { max(.zero, now - $0) },
            spooled: Int(clamping: presence.spooledReports), droppedSamples: Int(clamping: presence.dropped),
            clockOffset: agent.clockOffset, blindSpots: presence.blindSpots,
            origin: place(presence.address, presence.hostname),
            clones: presence.others.map { place($0.address, $0.hostname) })
    }

    private static func place(_ address: String, _ hostname: String) -> String {
        hostname.isEmpty ? address : "\(address) (\(hostname))"
    }
}
