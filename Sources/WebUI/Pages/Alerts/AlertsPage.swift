package import Vocabulary

/// The alerts that somebody must act on, and those that are over.
package struct AlertsPage: Page {
    package struct Row: Hashable, Sendable {
        package var asset: Named
        /// What of the asset it is about, e.g. `https`; empty for the asset itself.
        package var subject: String
        package var site: Named
        package var standing: Standing
        package var reason: Reason?
        package var opened: Instant
        package var acknowledgedBy: String?
        package var acknowledgedUntil: Instant?
        package var resolved: Instant?
        package var contact: Contact?
        /// The incident that it stands for; nil: it is one of an incident's alerts.
        package var incident: Int64?
        package var cause: IncidentCause
        package var overran: Overrun?
        /// How many further assets fail with it.
        package var others: Int

        package init(
            asset: Named, subject: String = "", site: Named = .none, standing: Standing, reason: Reason?,
            opened: Instant, acknowledgedBy: String? = nil, resolved: Instant? = nil, contact: Contact? = nil,
            incident: Int64? = nil, cause: IncidentCause = .root, overran: Overrun? = nil, others: Int = 0
        ) {
            self.asset = asset
            self.subject = subject
            self.site = site
            self.standing = standing
            self.reason = reason
            self.opened = opened
            self.acknowledgedBy = acknowledgedBy
            self.resolved = resolved
            self.contact = contact
            self.incident = incident
            self.cause = cause
            self.overran = overran
            self.others = others
        }
    }

    package var open: [Row]
    /// The newest first.
    package var resolved: [Row]

    package init(open: [Row], resolved: [Row]) {
        self.open = open
        self.resolved = resolved
    }

    /// An alert in words.
    struct Line: Sendable {
        let asset: NamedText?
        let subject: String?
        let site: NamedText?
        let badge: Badge
        let reason: ReasonText?
        let opened: Moment
        let acknowledgedBy: String?
        let closed: Moment?
        let lasted: String?
        let contact: ContactText?
        let cause: String?
        let incident: String?
        let incidentLink: String?

        init(_ row: Row, _ viewer: Viewer) {
            asset = NamedText.asset(row.asset)
            subject = row.subject.isEmpty ? nil : row.subject
            site = NamedText.site(row.site)
            badge = Badge(row.standing, viewer.words)
            reason = row.reason.map(viewer.words.sentence)
            opened = viewer.moment(row.opened)
            acknowledgedBy = row.acknowledgedBy.map { name in
                let until = row.acknowledgedUntil.map { viewer.words.maintenance.to(viewer.calendar.dateAndTime($0)) }
                return until.map { "\(name), \($0)" } ?? name
            }
            closed = row.resolved.map(viewer.moment)
            lasted = row.resolved.map { viewer.words.duration($0 - row.opened) }
            contact = row.contact.map(ContactText.init(short:))
            let why = [row.overran?.sentence(viewer.words), row.cause.sentence(viewer.words)].compactMap(\.self)
            cause = why.isEmpty ? nil : why.joined(separator: " ")
            let more = row.others > 0 ? " \(viewer.words.incident.andMore(row.others))" : ""
            incident = row.incident.map { "\(viewer.words.incident.title) \($0)\(more)" }
            incidentLink = row.incident.map { "/incidents/\($0)" }
        }
    }

    private struct View: Sendable {
        let open: [Line]
        let areOpen: Bool
        let resolved: [Line]
        let areResolved: Bool
        let total: String
    }

    package func html(for viewer: Viewer) -> String {
        let view = View(
            open: open.map { Line($0, viewer) }, areOpen: !open.isEmpty, resolved: resolved.map { Line($0, viewer) },
            areResolved: !resolved.isEmpty, total: viewer.words.counted(.alert, open.count))
        return Templates.html(
            "Alerts",
            Screen(viewer, title: viewer.words.alerts.title, section: .alerts, refreshes: true, page: view))
    }
}
