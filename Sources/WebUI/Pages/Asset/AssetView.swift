import Vocabulary

/// An asset in words, ready for its template.
struct AssetView: Sendable {
    struct Check: Sendable {
        let name: String
        let kind: String
        let target: String?
        let badge: Badge
        let reason: ReasonText?
        let since: Moment?
        let value: String?
        let metric: String?
        let age: Moment?
    }

    struct Blind: Sendable {
        let name: String
        let detail: String
        let command: String
        let isCommand: Bool
    }

    /// A choice of how far back the charts look.
    struct Span: Sendable {
        let name: String
        let address: String
        let isCurrent: Bool
    }

    let title: String
    /// Where the title is another.
    let name: String?
    let isBrief: Bool
    let spans: [Span]
    let packages: String?
    let packagesAddress: String
    let sources: [AssetFactSource]
    let assetClass: String
    let address: String?
    let link: String?
    let site: NamedText?
    let unit: NamedText?
    let hours: String?
    /// Where work on it is announced; nil for who may not.
    let announce: String?
    let book: [BookLine]
    let isBook: Bool
    let via: [LinkedLine]
    let areVia: Bool
    let carried: [LinkedLine]
    let areCarried: Bool
    let areLinks: Bool
    /// Where the script finds the charts' figures.
    let series: String
    let contacts: [ContactText]
    let badge: Badge
    let reason: ReasonText?
    let since: Moment?
    let exemptions: [String]
    let unasked: String?
    let checks: [Check]
    let areChecks: Bool
    let openFindings: [FindingLine]
    let areFindings: Bool
    /// The page is about one asset: its findings need not name it.
    let areNamed = false
    let charts: [ChartFigures]
    let areCharts: Bool
    let groups: [AssetFactGroup]
    let areFacts: Bool
    let paths: [PathText]
    let arePaths: Bool
    let changes: [AssetChangeText]
    let areChanges: Bool
    let blind: [Blind]
    let isBlind: Bool

    init(_ page: AssetPage, _ viewer: Viewer) {
        let words = viewer.words
        let some = { (text: String) in text.isEmpty ? nil : text }
        title = page.title.isEmpty ? page.name : page.title
        name = page.title.isEmpty ? nil : page.name
        assetClass = words.className(page.assetClass)
        address = some(page.address)
        link = Link.web(page.address)
        site = NamedText.site(page.site)
        unit = NamedText.unit(page.unit)
        hours = some(page.hours.label)
        announce = viewer.isAdministrator ? Link.announcement(asset: page.name) : nil
        book = page.book.filter { !$0.value.isEmpty }.map { BookLine($0, viewer) }
        isBook = !book.isEmpty
        via = page.via.map { LinkedLine($0, words) }
        areVia = !via.isEmpty
        carried = page.carries.map { LinkedLine($0, words) }
        areCarried = !carried.isEmpty
        areLinks = areVia || areCarried
        series = Link.series(page.name, span: page.span)
        contacts = page.contacts.map { ContactText($0) }
        badge = Badge(page.standing, words)
        reason = page.reason.map(words.sentence)
        since = page.since.map(viewer.moment)
        exemptions = page.exemptions.map { $0.words(viewer) }
        isBrief = page.isBrief
        spans = ChartSpan.allCases.map { span in
            Span(
                name: words.duration(span.duration),
                address: Link.asset(page.name) + (span == .hour ? "" : "?span=\(span.rawValue)"),
                isCurrent: span == page.span)
        }
        packages = page.packages > 0 ? words.counted(.package, page.packages) : nil
        packagesAddress = Link.packages(page.name)
        sources = AssetFactSource.sources(of: page.facts, viewer)
        // With checks it is about to be asked; without any it has no address.
        unasked =
            page.standing != .notConfigured
            ? nil : page.checks.isEmpty ? words.asset.notConfigured : words.asset.waiting
        checks = page.checks.map { Self.check($0, viewer) }
        areChecks = !checks.isEmpty
        openFindings = page.findings.map { FindingLine($0, viewer) }
        areFindings = !openFindings.isEmpty
        charts = page.charts.enumerated().map { ChartFigures($0.element, id: "chart-\($0.offset + 1)", viewer) }
        areCharts = !charts.isEmpty
        groups = AssetFactGroup.groups(of: page.facts, viewer)
        areFacts = !groups.isEmpty || page.packages > 0
        paths = page.paths.map { PathText($0, viewer, isNamed: page.paths.count > 1) }
        arePaths = !paths.isEmpty
        changes = page.changes.map { AssetChangeText($0, viewer) }
        areChanges = !changes.isEmpty
        blind = page.blindSpots.map {
            Blind(
                name: words.blindSpotName($0.code), detail: $0.detail, command: $0.remedy,
                isCommand: !$0.remedy.isEmpty)
        }
        isBlind = !blind.isEmpty
    }

    private static func check(_ check: AssetCheck, _ viewer: Viewer) -> Check {
        Check(
            name: check.name.part.isEmpty ? check.name.rawValue : String(check.name.part), kind: check.kind.rawValue,
            target: check.target.isEmpty ? nil : check.target, badge: Badge(check.standing, viewer.words),
            reason: check.reason.map(viewer.words.sentence), since: check.since.map(viewer.moment),
            value: check.lastReading.map { viewer.numbers.value($0.value, ChartUnit(of: $0.metric)) },
            metric: check.lastReading?.metric.text, age: check.lastRun.map(viewer.moment))
    }
}
