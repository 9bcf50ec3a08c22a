import Hummingbird
package import Storage
import Vocabulary

/// `GET /api/v1/findings`, `POST /api/v1/findings/{id}/acknowledge` and `/close`: what was found on machines.
package struct FindingRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("findings") { request, context in
            let caller = try context.requireCaller()
            let filter = try Self.filter(request)
            return try await services.database.read { connection in
                let findings = try FindingStore(connection).list(filter, scope: caller.scope, limit: 1000)
                return try Response(json: findings.map(FindingDTO.init))
            }
        }
        for action in FindingAction.allCases {
            group.post("findings/{id}/\(action.rawValue)") { _, context in
                let caller = try context.requireCaller()
                let found = try await action.perform(
                    on: try context.parameters.require("id"), by: caller, services: services)
                return try Response(json: FindingDTO(found))
            }
        }
    }

    private static func filter(_ request: Request) throws -> FindingStore.Filter {
        let query = request.uri.queryParameters
        var filter = FindingStore.Filter()
        switch query["state"].map(String.init) ?? "open" {
        case "open": filter.isOpen = true
        case "closed": filter.isOpen = false
        case "all": filter.isOpen = nil
        case let other: throw Problem(.badRequest, "bad-state", "state is open, closed or all, not \"\(other)\"")
        }
        if let word = query["severity"].map(String.init) {
            guard let severity = Severity(word: word) else {
                throw Problem(.badRequest, "bad-severity", "severity is low, medium or high, not \"\(word)\"")
            }
            filter.atLeast = severity
        }
        filter.rule = query["rule"].map(String.init)
        filter.asset = query["asset"].map(String.init)
        return filter
    }
}

/// What a person does with a finding; each leaves a line in the audit log.
package enum FindingAction: String, CaseIterable, Sendable {
    case acknowledge
    case close

    private var auditAction: String {
        switch self {
        case .acknowledge: "acknowledge-finding"
        case .close: "close-finding"
        }
    }

    /// Done a second time it changes nothing and leaves no line.
    package func perform(
        on text: String, by caller: Caller, services: APIServices
    ) async throws -> FindingStore.Listed {
        let now = services.now()
        return try await services.database.write { connection in
            let store = FindingStore(connection)
            guard let id = Int64(text), let found = try store.find(id, scope: caller.scope) else {
                throw Problem(.notFound, "no-such-finding", "there is no finding \"\(text)\"")
            }
            let mark = FindingStore.Mark(at: now, by: caller.name)
            let isDone: Bool
            switch self {
            case .acknowledge:
                isDone = found.acknowledged != nil
                try store.acknowledge(id, mark)
            case .close:
                isDone = found.closed != nil
                try store.close(id, mark)
            }
            if !isDone {
                try AuditStore(connection).write(
                    .init(
                        at: now, who: caller.name, action: auditAction, subject: found.asset,
                        detail: "\(found.finding.rule): \(found.finding.subject)"))
            }
            return try store.find(id, scope: caller.scope) ?? found
        }
    }
}

package struct FindingDTO: Codable, Sendable {
    package var id: Int64
    package var asset: String
    package var site: String
    package var rule: String
    package var severity: String
    package var subject: String
    package var firstSeen: String
    package var lastSeen: String
    package var count: Int
    package var evidence: [EvidenceDTO]
    package var received: String
    package var acknowledged: String?
    package var acknowledgedBy: String?
    package var closed: String?
    package var closedBy: String?

    package init(_ listed: FindingStore.Listed) {
        let finding = listed.finding
        id = listed.id
        asset = listed.asset
        site = listed.site
        rule = finding.rule
        severity = finding.severity.word
        subject = finding.subject
        firstSeen = finding.firstSeen.description
        lastSeen = finding.lastSeen.description
        count = finding.count
        evidence = finding.evidence.map { EvidenceDTO(field: $0.field, text: $0.text) }
        received = listed.received.description
        acknowledged = listed.acknowledged?.at.description
        acknowledgedBy = listed.acknowledged?.by
        closed = listed.closed?.at.description
        closedBy = listed.closed?.by
    }
}

package struct EvidenceDTO: Codable, Sendable {
    package var field: String
    package var text: String
}
