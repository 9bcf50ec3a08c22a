import Enrolment
import Hummingbird
package import Storage
import SwiftProtobuf
package import Vocabulary
import Wire

/// `GET /api/v1/agents`, `POST /api/v1/enrolment-tokens`.
package struct AgentRoutes<Context: CallerContext>: Sendable {
    private static var tokenLife: Duration { .seconds(24 * 3600) }

    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("agents") { _, context in
            let caller = try context.requireCaller()
            let now = services.now()
            return try await services.database.read { connection in
                try Response(json: AgentStore(connection).all(scope: caller.scope).map { AgentDTO($0, now: now) })
            }
        }
        group.post("enrolment-tokens") { _, context in
            let caller = try context.requireCaller()
            let token = try EnrolmentToken(address: services.agentsAddress, fingerprint: services.fingerprint)
            let (now, hash) = (services.now(), try EnrolmentToken.hash(ofSecret: token.secret))
            let expires = now + Self.tokenLife
            try await services.database.write { connection in
                try AgentStore(connection).addToken(secretHash: hash, by: caller.name, at: now, expires: expires)
                try AuditStore(connection).write(
                    .init(at: now, who: caller.name, action: "create-enrolment-token", subject: services.agentsAddress))
            }
            return try Response(
                json: TokenDTO(token: token.text, expires: expires.description, install: installLine(token)))
        }
    }

    /// What a bare Debian runs to be watched; nil where this collector has no package to give.
    private func installLine(_ token: EnrolmentToken) throws -> String? {
        guard !services.webAddress.isEmpty, let package = try services.agentPackage?.file() else { return nil }
        return InstallLine(web: services.webAddress, sha256: package.sha256, token: token.text).text
    }
}

package struct TokenDTO: Codable, Sendable {
    package var token: String
    package var expires: String
    /// One line for a bare Debian: installs the agent from this collector, enrols and starts it.
    package var install: String?
}

package struct AgentDTO: Codable, Sendable {
    package var id: String
    package var asset: String
    package var enrolled: String
    package var lastSeen: String?
    /// Seconds since the last delivery.
    package var silentSeconds: Double?
    package var clockOffsetSeconds: Double?
    /// Where its reports come from.
    package var address: String
    package var hostname: String
    /// Others that report with this agent's identity: copies of its disk, most likely.
    package var clonesSuspected: [SightingDTO]
    package var version: String
    package var checks: Int
    package var spooledReports: Int
    package var dropped: Int
    package var blindSpots: [BlindSpotDTO]

    package init(_ agent: AgentStore.Agent, now: Instant) {
        let presence = Presence(agent.presence)
        id = agent.id
        asset = agent.asset
        enrolled = agent.enrolled.description
        lastSeen = agent.lastSeen?.description
        silentSeconds = agent.lastSeen.map { (now - $0).inSeconds }
        clockOffsetSeconds = agent.clockOffset?.inSeconds
        address = presence.address
        hostname = presence.hostname
        clonesSuspected = presence.others.map {
            SightingDTO(address: $0.address, hostname: $0.hostname, lastSeen: $0.heard.description)
        }
        version = presence.programVersion
        checks = presence.checks
        spooledReports = Int(clamping: presence.spooledReports)
        dropped = Int(clamping: presence.dropped)
        blindSpots = presence.blindSpots.map { BlindSpotDTO(code: $0.code, detail: $0.detail, remedy: $0.remedy) }
    }
}

package struct SightingDTO: Codable, Sendable {
    package var address: String
    package var hostname: String
    package var lastSeen: String
}

package struct BlindSpotDTO: Codable, Sendable {
    package var code: String
    package var detail: String
    package var remedy: String
}
