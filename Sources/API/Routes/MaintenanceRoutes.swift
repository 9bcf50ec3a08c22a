package import Detection
import Foundation
import Hummingbird
import Resources
import Storage
package import Vocabulary

/// `GET` and `POST /api/v1/maintenances`, `POST /maintenances/{name}/end`, `GET /hours`.
package struct MaintenanceRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("maintenances") { _, context in
            let (caller, now) = (try context.requireCaller(), services.now())
            return try await services.database.read { connection in
                let overview = try MaintenanceOverview(connection, scope: caller.scope, at: now)
                return try Response(json: overview.entries.map(MaintenanceDTO.init))
            }
        }
        group.post("maintenances") { request, context in
            let (caller, now) = (try context.requireAdministrator(), services.now())
            let draft = try await Self.order(request).draft(at: now)
            return try await answer(draft, by: caller.name, at: now)
        }
        group.post("maintenances/{name}/end") { _, context in
            let (caller, name) = (try context.requireAdministrator(), try context.parameters.require("name"))
            let now = services.now()
            do {
                try await services.database.write { connection in
                    try MaintenanceDesk(connection).end(name, by: caller.name, at: now)
                }
            } catch let refusal as MaintenanceDesk.Refusal {
                throw Problem(.notFound, "no-such-maintenance", refusal.description)
            }
            // Whoever decides about alerts has to look anew.
            services.onReassigned([])
            return try Response(json: ["name": name])
        }
        group.get("hours") { _, context in
            _ = try context.requireCaller()
            let now = services.now()
            return try await services.database.read { connection in
                try Response(json: HoursStore(connection).all().map { HoursDTO($0, at: now) })
            }
        }
    }

    private func answer(_ draft: MaintenanceDraft, by person: String, at now: Instant) async throws -> Response {
        do {
            let maintenance = try await services.database.write { connection in
                try MaintenanceDesk(connection).add(draft, by: person, at: now)
            }
            services.onReassigned([])
            let isActive = maintenance.isActive(at: now)
            let entry = try await services.database.read { connection in
                try MaintenanceOverview(connection, scope: .everything, at: now).entries
                    .first { $0.maintenance.name == maintenance.name }
            }
            let known = MaintenanceOverview.Entry(
                maintenance: maintenance, stage: isActive ? .active : .planned, next: nil, assets: 0)
            return try Response(json: MaintenanceDTO(entry ?? known))
        } catch let refusal as MaintenanceDesk.Refusal {
            if case .exists = refusal { throw Problem(.conflict, "maintenance-exists", refusal.description) }
            throw Problem(.unprocessableContent, "bad-maintenance", refusal.description)
        }
    }

    private static func order(_ request: Request) async throws -> MaintenanceOrder {
        let body = request.body
        let buffer = try await body.collect(upTo: 64 << 10)
        do {
            return try JSONDecoder().decode(MaintenanceOrder.self, from: Data(String(buffer: buffer).utf8))
        } catch {
            throw Problem(.badRequest, "bad-body", "the body is no maintenance as the API's description has it")
        }
    }
}

/// What a program asks for; what it leaves out is empty.
struct MaintenanceOrder: Decodable, Sendable {
    var name: String?
    /// Without it and without `every`: now.
    var from: String?
    var until: String?
    /// How long it lasts, in the place of `until`.
    var minutes: Int?
    var every: [String]?
    var sites: [String]?
    var units: [String]?
    var assets: [String]?
    var classes: [String]?
    var reason: String?
    var who: String?

    func draft(at now: Instant) throws -> MaintenanceDraft {
        var draft = MaintenanceDraft(name: name ?? "")
        draft.every = every ?? []
        draft.from = from ?? (draft.every.isEmpty ? LocalTime.text(now) : "")
        draft.until = until ?? ""
        if let minutes {
            guard until == nil, (1...527_040).contains(minutes), let start = LocalTime.instant(draft.from) else {
                throw Problem(
                    .unprocessableContent, "bad-maintenance",
                    "minutes: from 1 to 527040, after from, and in the place of until")
            }
            draft.until = LocalTime.text(start + .seconds(minutes * 60))
        }
        draft.sites = sites ?? []
        draft.units = units ?? []
        draft.assets = assets ?? []
        draft.classes = classes ?? []
        draft.reason = reason ?? ""
        draft.who = who ?? ""
        return draft
    }
}

package struct MaintenanceDTO: Codable, Sendable {
    package var name: String
    /// `active`, `planned` or `over`.
    package var state: String
    package var from: String?
    package var until: String?
    package var every: [String]
    /// When what is active ends, and when what is planned begins.
    package var next: String?
    package var sites: [String]
    package var units: [String]
    package var assets: [String]
    package var classes: [String]
    /// How many assets in the caller's scope it is for.
    package var covered: Int
    package var reason: String
    package var who: String

    init(_ entry: MaintenanceOverview.Entry) {
        let draft = MaintenanceDraft(entry.maintenance)
        name = draft.name
        state = entry.stage.rawValue
        from = entry.maintenance.start?.description
        until = entry.maintenance.end?.description
        every = draft.every
        next = entry.next?.description
        sites = draft.sites
        units = draft.units
        assets = draft.assets
        classes = draft.classes
        covered = entry.assets
        reason = draft.reason
        who = draft.who
    }
}

package struct HoursDTO: Codable, Sendable {
    package var name: String
    package var title: String
    package var weekly: [String]
    package var except: [String]
    package var open: Bool
    /// When it opens or closes next.
    package var next: String?

    package init(_ hours: Hours, at now: Instant) {
        name = hours.name
        title = hours.title
        weekly = hours.times.rules.map(\.description)
        except = hours.exceptionTexts
        open = hours.contains(now)
        next = hours.nextChange(after: now)?.description
    }
}
