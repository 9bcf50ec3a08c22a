package import Vocabulary

/// What was found on machines and nobody has closed yet, and what is closed.
package struct FindingsPage: Page {
    package struct Row: Hashable, Sendable {
        package var id: Int64
        package var asset: Named
        package var finding: Finding
        package var acknowledgedBy: String?
        package var closed: Instant?
        package var closedBy: String?

        package init(
            id: Int64, asset: Named, finding: Finding, acknowledgedBy: String? = nil, closed: Instant? = nil,
            closedBy: String? = nil
        ) {
            self.id = id
            self.asset = asset
            self.finding = finding
            self.acknowledgedBy = acknowledgedBy
            self.closed = closed
            self.closedBy = closedBy
        }
    }

    /// Both the newest first.
    package var open: [Row]
    package var closed: [Row]

    package init(open: [Row], closed: [Row]) {
        self.open = open
        self.closed = closed
    }

    private struct View: Sendable {
        let openFindings: [FindingLine]
        let areOpen: Bool
        let areNamed = true
        let closed: [FindingLine]
        let areClosed: Bool
        let total: String
    }

    package func html(for viewer: Viewer) -> String {
        let view = View(
            openFindings: open.map { FindingLine($0, viewer) }, areOpen: !open.isEmpty,
            closed: closed.map { FindingLine($0, viewer) }, areClosed: !closed.isEmpty,
            total: viewer.words.counted(.finding, open.count))
        return Templates.html(
            "Findings",
            Screen(viewer, title: viewer.words.findings.title, section: .findings, refreshes: true, page: view))
    }
}

/// A finding in words, ready for its templates.
struct FindingLine: Sendable {
    struct Evidence: Sendable {
        let name: String
        let value: String
    }

    /// What a page shows of one piece of evidence; all of it is in the API.
    private static let shown = 400

    let badge: Badge
    let rule: String
    let subject: String
    let asset: NamedText?
    let evidence: [Evidence]
    let first: Moment
    let last: Moment
    let times: String
    let acknowledgedBy: String?
    let closedAt: Moment?
    let closedBy: String?
    let mayAct: Bool
    let acknowledgeAddress: String
    let closeAddress: String

    init(_ row: FindingsPage.Row, _ viewer: Viewer) {
        let (words, finding) = (viewer.words, row.finding)
        badge = Badge(finding.severity, words)
        rule = words.ruleName(finding.rule)
        subject = finding.subject
        asset = NamedText.asset(row.asset)
        evidence = finding.evidence.map { item in
            let text = item.text.count > Self.shown ? item.text.prefix(Self.shown) + "…" : item.text[...]
            return Evidence(name: words.evidenceName(item.field), value: String(text))
        }
        first = viewer.moment(finding.firstSeen)
        last = viewer.moment(finding.lastSeen)
        times = viewer.numbers.integer(finding.count)
        acknowledgedBy = row.acknowledgedBy
        closedAt = row.closed.map(viewer.moment)
        closedBy = row.closedBy
        mayAct = viewer.isAdministrator && row.closed == nil
        acknowledgeAddress = "/findings/\(row.id)/acknowledge"
        closeAddress = "/findings/\(row.id)/close"
    }
}

extension Badge {
    /// In the shapes and colours that states have: what is as bad looks as bad.
    init(_ severity: Severity, _ words: Words) {
        let standing: Standing =
            switch severity {
            case .high: .down
            case .medium: .degraded
            case .low: .notConfigured
            }
        self.init(code: standing.rawValue, word: words.severity(severity), glyph: standing.glyph)
    }
}
