import API
import Hummingbird
import Storage
import Vocabulary
import WebUI

/// The forms of an incident: "I have it", giving it back, a comment.
extension IncidentRoute {
    func acknowledge(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await act(request, context) { fields, draft in
            draft = .init(until: fields["until"], note: fields["note"])
            let (until, note) = (draft.until, draft.note)
            return { desk, id in
                _ = try desk.acknowledge(id, until: try IncidentDesk.moment(until), note: note)
            }
        }
    }

    func release(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await act(request, context) { _, _ in { desk, id in _ = try desk.release(id) } }
    }

    func comment(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await act(request, context) { fields, draft in
            draft = .init(comment: fields["text"])
            let text = draft.comment
            return { desk, id in _ = try desk.comment(id, text) }
        }
    }

    /// `read` takes what the form sent, for the case that it comes back, and says what is to be done.
    private func act(
        _ request: Request, _ context: PortalContext,
        read: (Form, inout IncidentPage.Draft) -> @Sendable (IncidentDesk, String) throws -> Void
    ) async throws -> Response {
        guard let session = context.session, !session.person.mustChangePassword else {
            return .redirect(to: "/sign-in", type: .normal)
        }
        let fields = try await Form(request, csrfToken: session.csrfToken)
        var draft = IncidentPage.Draft()
        let action = read(fields, &draft)
        let (id, now, person) = (try context.parameters.require("id"), services.now(), session.person)
        let caller = Caller(
            name: person.name, role: person.role,
            scope: try await services.api.database.read { try PersonStore($0).scope(of: person) })
        do {
            try await services.api.database.write { connection in
                try action(IncidentDesk(connection, for: caller, at: now), id)
            }
        } catch let refusal as IncidentDesk.Refusal {
            guard let problem = IncidentPage.Problem(refusal) else { throw refusal.problem }
            var page = try await page(caller, request, context)
            (page.problem, page.draft) = (problem, draft)
            var response = services.answer(page, request, context)
            response.status = refusal.problem.status
            return response
        }
        services.api.onReassigned([])
        return .redirect(to: "/incidents/\(id)", type: .normal)
    }
}

extension IncidentPage.Note {
    init(_ note: IncidentNote) {
        let kind: Kind =
            switch note.kind {
            case .acknowledged(let until): .acknowledged(until: until)
            case .released: .released
            case .comment: .comment
            }
        self.init(at: note.at, who: note.who, kind: kind, text: note.text)
    }
}

extension IncidentPage.Problem {
    /// nil: there is no such incident, and so no page to say it on.
    fileprivate init?(_ refusal: IncidentDesk.Refusal) {
        switch refusal {
        case .noSuch: return nil
        case .over, .merged: self = .over
        case .noMoment(let text): self = .noMoment(text)
        case .inThePast: self = .inThePast
        case .tooLong: self = .tooLong(most: IncidentDesk.longest)
        case .empty: self = .empty
        case .nobodyHasIt: self = .nobodyHasIt
        }
    }
}
