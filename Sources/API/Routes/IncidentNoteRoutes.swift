import Foundation
import Hummingbird
package import Storage
import Vocabulary

/// `POST` and `DELETE /api/v1/incidents/{id}/acknowledgement`, `POST /incidents/{id}/comments`: who has an incident, and
/// what people say of it.
package struct IncidentNoteRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.post("incidents/{id}/acknowledgement") { request, context in
            let caller = try context.requireAdministrator()
            let order = try await Self.order(AcknowledgementOrder.self, request)
            return try await answer(caller, context) { desk, id, now in
                try desk.acknowledge(id, until: try order.end(from: now), note: order.note ?? "")
            }
        }
        group.delete("incidents/{id}/acknowledgement") { _, context in
            let caller = try context.requireAdministrator()
            return try await answer(caller, context) { desk, id, _ in try desk.release(id) }
        }
        group.post("incidents/{id}/comments") { request, context in
            let caller = try context.requireAdministrator()
            let order = try await Self.order(CommentOrder.self, request)
            return try await answer(caller, context) { desk, id, _ in try desk.comment(id, order.text ?? "") }
        }
    }

    private func answer(
        _ caller: Caller, _ context: Context,
        _ act: @escaping @Sendable (IncidentDesk, String, Instant) throws -> IncidentSummary
    ) async throws -> Response {
        let (id, now) = (try context.parameters.require("id"), services.now())
        do {
            let summary = try await services.database.write { connection in
                try act(IncidentDesk(connection, for: caller, at: now), id, now)
            }
            // Whoever decides about alerts has to look anew.
            services.onReassigned([])
            return try Response(json: IncidentDTO(summary, isWhole: caller.scope == .everything))
        } catch let refusal as IncidentDesk.Refusal {
            throw refusal.problem
        }
    }

    private static func order<Order: Decodable>(_ type: Order.Type, _ request: Request) async throws -> Order {
        let body = request.body
        let text = String(buffer: try await body.collect(upTo: 64 << 10))
        do {
            return try JSONDecoder().decode(type, from: Data((text.isEmpty ? "{}" : text).utf8))
        } catch {
            throw Problem(.badRequest, "bad-body", "the body is not what the API's description has")
        }
    }
}

extension IncidentDesk.Refusal {
    package var problem: Problem {
        switch self {
        case .noSuch: Problem(.notFound, "no-such-incident", description)
        case .over, .merged: Problem(.conflict, "incident-over", description)
        case .nobodyHasIt: Problem(.conflict, "not-acknowledged", description)
        case .noMoment, .inThePast, .tooLong, .empty: Problem(.unprocessableContent, "bad-note", description)
        }
    }
}

/// Until when somebody has an incident: a moment, or minutes from now; neither: without an end.
private struct AcknowledgementOrder: Decodable, Sendable {
    var until: String?
    var minutes: Int?
    var note: String?

    func end(from now: Instant) throws -> Instant? {
        guard let minutes else { return try IncidentDesk.moment(until ?? "") }
        guard until == nil, (1...527_040).contains(minutes) else {
            throw Problem(
                .unprocessableContent, "bad-note", "minutes: from 1 to 527040, in the place of until")
        }
        return now + .seconds(minutes * 60)
    }
}

private struct CommentOrder: Decodable, Sendable {
    var text: String?
}

/// Who has an incident.
package struct AcknowledgementDTO: Codable, Sendable {
    package var by: String
    package var at: String
    package var until: String?
    package var note: String

    package init(_ entry: AcknowledgementStore.Entry) {
        by = entry.who
        at = entry.at.description
        until = entry.until?.description
        note = entry.note
    }
}

package struct IncidentNoteDTO: Codable, Sendable {
    package var at: String
    package var who: String
    /// `acknowledged`, `released` or `comment`.
    package var kind: String
    package var until: String?
    package var text: String

    package init(_ note: IncidentNote) {
        at = note.at.description
        who = note.who
        text = note.text
        switch note.kind {
        case .acknowledged(let end): (kind, until) = ("acknowledged", end?.description)
        case .released: kind = "released"
        case .comment: kind = "comment"
        }
    }
}
