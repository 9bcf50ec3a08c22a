import Detection
package import SQLite
package import Vocabulary

/// An incident with its alerts and what stands beside them: what its message and its page are made of.
package struct IncidentSummary: Hashable, Sendable {
    package var incident: IncidentStore.Listed
    /// The first first.
    package var alerts: [AlertStore.Listed]
    /// Assets by name: what depends on the cause or stands beside it and works, and what was quiet.
    package var unaffected: [String]
    package var quiet: [String]
    package var explanations: [IncidentStore.Explanation]
    /// Who had it, and what was said of it; also of the incidents that became part of it.
    package var acknowledgements: [AcknowledgementStore.Entry]
    package var comments: [CommentStore.Comment]
    /// The title of the site where it stands, and whom to call there.
    package var siteTitle = ""
    package var contact: SiteStore.Contact?
    /// Who did the work that ended before this was up again; empty: nobody says, or there was none.
    package var worker = ""

    /// nil: there is none of that number, or none of its assets is in the scope.
    package init?(_ id: Int64, in connection: Connection, scope: Scope) throws {
        let store = IncidentStore(connection)
        guard let incident = try store.listed(id: id, scope: scope) else { return nil }
        self.incident = incident
        alerts = try AlertStore(connection).members(of: id, scope: scope)
        guard !alerts.isEmpty else { return nil }
        unaffected = try store.bystanders(id, role: "unaffected", scope: scope)
        quiet = try store.bystanders(id, role: "quiet", scope: scope)
        explanations = try store.explanations(id)
        if !incident.overran.isEmpty {
            worker = try MaintenanceStore(connection).maintenance(named: incident.overran, scope: scope)?.who ?? ""
        }
        acknowledgements = try AcknowledgementStore(connection).all(incident: id, scope: scope)
        comments = try CommentStore(connection).all(incident: id, scope: scope)
        guard let site = try SiteStore(connection).site(named: first.site, scope: scope) else { return }
        siteTitle = site.title
        contact = site.contacts.first
    }

    /// The alert that stands for the incident: of the root, what explains the others before what it explains, and the
    /// gravest of those; or else the first.
    package var first: AlertStore.Listed {
        let root = alerts.filter { $0.asset == incident.root }
        let causes = root.filter { $0.hold != "cause" }
        let candidates = causes.isEmpty ? root : causes
        return candidates.first { $0.outcome.state == .down } ?? candidates.first ?? alerts[0]
    }

    /// What fails beside the root, by name, in the order in which it began.
    package var others: [AlertStore.Listed] {
        let first = first
        var seen: Set<String> = [first.asset]
        return alerts.filter { seen.insert($0.asset).inserted }
    }

    /// Who has it; nil: nobody, or it is over.
    package var acknowledged: AcknowledgementStore.Entry? {
        guard incident.resolved == nil else { return nil }
        return acknowledgements.last { $0.ended == nil && $0.incident == incident.id }
    }

    /// Whose time with it was over last when a reminder was made.
    package func lapsed(at moment: Instant) -> AcknowledgementStore.Entry? {
        acknowledgements.last { entry in
            entry.endedBy.isEmpty && entry.until != nil && entry.ended.map { $0 <= moment } ?? false
        }
    }

    /// What people did and said, in order of time.
    package var notes: [IncidentNote] { IncidentNote.notes(acknowledgements, comments) }

    /// When the first of it began.
    package var since: Instant { alerts.map(\.since).min() ?? incident.opened }
}
