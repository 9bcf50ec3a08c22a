import Hummingbird
package import Storage
import Vocabulary

/// `GET /api/v1/incidents` and `/incidents/{id}`: what failures have in common, and what was said of it.
package struct IncidentRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("incidents") { request, context in
            let caller = try context.requireCaller()
            let isOpen = request.uri.queryParameters["state"] != "resolved"
            return try await services.database.read { connection in
                let found = try IncidentStore(connection).list(open: isOpen, scope: caller.scope, limit: 1000)
                let summaries = try found.compactMap {
                    try IncidentSummary($0.id, in: connection, scope: caller.scope)
                }
                return try Response(json: summaries.map { IncidentDTO($0, isWhole: caller.scope == .everything) })
            }
        }
        group.get("incidents/{id}") { _, context in
            let (caller, text) = (try context.requireCaller(), try context.parameters.require("id"))
            return try await services.database.read { connection in
                guard let id = Int64(text), let found = try IncidentSummary(id, in: connection, scope: caller.scope)
                else { throw Problem(.notFound, "no-such-incident", "there is no incident \"\(text)\"") }
                return try Response(json: IncidentDTO(found, isWhole: caller.scope == .everything))
            }
        }
    }
}

package struct IncidentDTO: Codable, Sendable {
    package struct Explanation: Codable, Sendable {
        package var asset: String
        package var explains: Int
        package var of: Int
        package var failing: Int
        package var below: Int
    }

    package var id: Int64
    package var root: String
    package var site: String
    package var cause: String
    package var causeName: String
    package var state: String
    package var reason: ReasonDTO?
    package var since: String
    package var opened: String
    package var resolved: String?
    package var told: Bool
    package var mergedInto: Int64?
    /// The maintenance that ended before this was up again.
    package var overran: String?
    /// Who has it; absent: nobody, or it is over.
    package var acknowledged: AcknowledgementDTO?
    /// What people did and said, in order of time.
    package var notes: [IncidentNoteDTO]
    package var affected: [String]
    package var unaffected: [String]
    package var quiet: [String]
    package var explanations: [Explanation]
    package var alerts: [AlertDTO]

    /// `isWhole`: the caller sees everything; else a root and explanations that may lie elsewhere are not named.
    package init(_ summary: IncidentSummary, isWhole: Bool) {
        let (incident, first) = (summary.incident, summary.first)
        id = incident.id
        root = isWhole ? incident.root : first.asset
        site = first.site
        cause = incident.causeWord
        causeName = incident.causeName
        state = first.outcome.state.word
        reason = first.outcome.reason.map(ReasonDTO.init)
        since = summary.since.description
        opened = incident.opened.description
        resolved = incident.resolved?.description
        told = incident.told != nil
        mergedInto = incident.mergedInto
        overran = incident.overran.isEmpty ? nil : incident.overran
        acknowledged = summary.acknowledged.map(AcknowledgementDTO.init)
        notes = summary.notes.map(IncidentNoteDTO.init)
        affected = [first.asset] + summary.others.map(\.asset)
        unaffected = summary.unaffected
        quiet = summary.quiet
        explanations =
            isWhole
            ? summary.explanations.map {
                Explanation(asset: $0.asset, explains: $0.explains, of: $0.of, failing: $0.failing, below: $0.below)
            } : []
        alerts = summary.alerts.map(AlertDTO.init)
    }
}
