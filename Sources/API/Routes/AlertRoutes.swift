import Hummingbird
package import Storage
import Vocabulary

/// `GET /api/v1/alerts`, `/api/v1/messages`: what somebody must act on, and what was told of it.
package struct AlertRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("alerts") { request, context in
            let caller = try context.requireCaller()
            let isOpen = request.uri.queryParameters["state"] != "resolved"
            return try await services.database.read { connection in
                let alerts = try AlertStore(connection).list(open: isOpen, scope: caller.scope, limit: 1000)
                return try Response(json: alerts.map(AlertDTO.init))
            }
        }
        group.get("messages") { _, context in
            let caller = try context.requireCaller()
            return try await services.database.read { connection in
                let messages = try MessageStore(connection).list(scope: caller.scope, limit: 1000)
                return try Response(
                    json: messages.map { MessageDTO($0, isForAdministrators: caller.role == .administrator) })
            }
        }
    }
}

package struct AlertDTO: Codable, Sendable {
    package var id: Int64
    package var asset: String
    package var site: String
    package var check: String?
    package var state: String
    package var reason: ReasonDTO?
    package var since: String
    package var opened: String
    package var resolved: String?
    package var told: Bool
    package var incident: Int64
    /// Why nobody is told of it on its own: `cause`, `news`, `unseen` or `quiet`; and the asset that is to blame.
    package var hold: String?
    package var heldBy: String?
    package var flapping: Bool
    /// Who has its incident.
    package var acknowledgedBy: String?

    package init(_ alert: AlertStore.Listed) {
        id = alert.id
        asset = alert.asset
        site = alert.site
        check = alert.check?.rawValue
        state = alert.outcome.state.word
        reason = alert.outcome.reason.map(ReasonDTO.init)
        since = alert.since.description
        opened = alert.opened.description
        resolved = alert.resolved?.description
        told = alert.told != nil
        incident = alert.incident
        hold = alert.hold
        heldBy = alert.heldBy
        flapping = alert.isFlapping
        acknowledgedBy = alert.acknowledgedBy
    }
}

package struct MessageDTO: Codable, Sendable {
    package var id: Int64
    package var incident: Int64
    package var route: String
    package var kind: String
    package var created: String
    package var attempts: Int
    package var sent: String?
    package var refused: String?
    package var nextAttempt: String?
    /// Until when it was kept back, with others: quiet hours, or the digest.
    package var held: String?
    /// Empty for readers, too: it may name a secret.
    package var problem: String

    package init(_ message: MessageStore.Message, isForAdministrators: Bool) {
        id = message.id
        incident = message.incident
        route = message.route
        kind = message.kind
        created = message.created.description
        attempts = message.attempts
        sent = message.sent?.description
        refused = message.refused?.description
        nextAttempt = message.nextAttempt?.description
        held = message.held?.description
        problem = isForAdministrators ? message.problem : ""
    }
}
