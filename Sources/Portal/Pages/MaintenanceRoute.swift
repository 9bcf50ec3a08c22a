import API
import Detection
import Hummingbird
import Inventory
import Resources
import SQLite
import Storage
import Vocabulary
import WebUI

/// Announced work: the list, the form, and ending it.
struct MaintenanceRoute: Sendable {
    /// As many of what is over as a person looks at.
    private static let over = 50

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let query = FormQuery(request)
            let chosen = { (name: String) in query[name].map { String($0.prefix(1000)) } ?? "" }
            let draft = MaintenancePage.Draft(
                sites: chosen("site"), units: chosen("unit"), assets: chosen("asset"))
            return services.answer(try await page(caller, draft), request, context)
        }
    }

    func add(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let session = context.session, !session.person.mustChangePassword else {
            return .redirect(to: "/sign-in", type: .normal)
        }
        let fields = try await Form(request, csrfToken: session.csrfToken)
        let draft = MaintenancePage.Draft(
            name: fields["name"], from: fields["from"], until: fields["until"], every: fields["every"],
            sites: fields["sites"], units: fields["units"], assets: fields["assets"], classes: fields["classes"],
            reason: fields["reason"])
        let (now, person) = (services.now(), session.person.name)
        do {
            _ = try await services.api.database.write { connection in
                try MaintenanceDesk(connection).add(MaintenanceDraft(draft), by: person, at: now)
            }
        } catch let refusal as MaintenanceDesk.Refusal {
            let caller = Caller(name: person, role: session.person.role, scope: .everything)
            var page = try await page(caller, draft)
            page.problem = MaintenancePage.Problem(refusal, draft)
            var response = services.answer(page, request, context)
            response.status = .unprocessableContent
            return response
        }
        services.api.onReassigned([])
        return .redirect(to: "/maintenance", type: .normal)
    }

    func end(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let session = context.session, !session.person.mustChangePassword else {
            return .redirect(to: "/sign-in", type: .normal)
        }
        _ = try await Form(request, csrfToken: session.csrfToken)
        let (name, now, person) = (try context.parameters.require("name"), services.now(), session.person.name)
        do {
            try await services.api.database.write { connection in
                try MaintenanceDesk(connection).end(name, by: person, at: now)
            }
        } catch let refusal as MaintenanceDesk.Refusal {
            throw Problem(.notFound, "no-such-maintenance", refusal.description)
        }
        services.api.onReassigned([])
        return .redirect(to: "/maintenance", type: .normal)
    }

    private func page(_ caller: Caller, _ draft: MaintenancePage.Draft) async throws -> MaintenancePage {
        let now = services.now()
        return try await services.api.database.read { connection in
            let places = try Places(connection, scope: caller.scope)
            let titles = try AssetStore(connection).all(scope: caller.scope).map { ($0.name, Named($0)) }
            let assets = Dictionary(titles) { first, _ in first }
            let entries = try MaintenanceOverview(connection, scope: caller.scope, at: now).entries
            let shown = entries.filter { $0.stage != .over } + entries.filter { $0.stage == .over }.prefix(Self.over)
            return MaintenancePage(
                rows: shown.map { MaintenancePage.Row($0, places, assets) }, draft: draft,
                knownSites: places.sites.map { Named($0.name, title: $0.title) },
                knownUnits: places.tree.places.map { places.named(unit: $0.unit) },
                knownClasses: AssetClass.all.map(\.name))
        }
    }
}

extension MaintenancePage.Row {
    fileprivate init(_ entry: MaintenanceOverview.Entry, _ places: Places, _ assets: [String: Named]) {
        let draft = MaintenanceDraft(entry.maintenance)
        let stage: MaintenancePage.Stage =
            switch entry.stage {
            case .active: .active
            case .planned: .planned
            case .over: .over
            }
        self.init(
            draft.name, stage: stage, from: entry.maintenance.start, until: entry.maintenance.end, every: draft.every,
            next: entry.next, sites: draft.sites.map { places.named(site: $0) },
            units: draft.units.map { places.named(unit: $0) }, assets: draft.assets.map { assets[$0] ?? Named($0) },
            classes: draft.classes, covered: entry.assets, reason: draft.reason, who: draft.who)
    }
}

extension MaintenanceDraft {
    /// What a form sent: names with commas between them.
    fileprivate init(_ draft: MaintenancePage.Draft) {
        let names = { (text: String) in
            text.split(whereSeparator: { $0 == "," || $0 == ";" }).map { $0.trimmedBlanks }.filter { !$0.isEmpty }
        }
        self.init(name: draft.name.trimmedBlanks)
        (from, until) = (draft.from.trimmedBlanks, draft.until.trimmedBlanks)
        // Commas stand within a rule; a semicolon parts two.
        every = draft.every.split(separator: ";").map { $0.trimmedBlanks }.filter { !$0.isEmpty }
        (sites, units, assets, classes) = (
            names(draft.sites), names(draft.units), names(draft.assets), names(draft.classes)
        )
        reason = draft.reason.trimmedBlanks
    }
}

extension StringProtocol {
    fileprivate var trimmedBlanks: String { split(separator: " ").joined(separator: " ") }
}

extension MaintenancePage.Problem {
    fileprivate init(_ refusal: MaintenanceDesk.Refusal, _ draft: MaintenancePage.Draft) {
        switch refusal {
        case .badName(let name): self = .badName(name)
        case .exists(let name), .noSuch(let name): self = .exists(name)
        case .unknownName(let name, _): self = .unknownName(name)
        case .fault(let fault):
            switch fault.kind {
            case .missing: self = .missingTimes
            case .noMoment: self = .noMoment(fault.key == "from" ? draft.from : draft.until)
            case .notAfter: self = .notAfter
            case .unknownClass: self = .unknownName(draft.classes)
            case .forNothing: self = .forNothing
            case .badRule: self = .badRule(draft.every)
            }
        }
    }
}
