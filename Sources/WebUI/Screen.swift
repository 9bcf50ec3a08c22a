import Vocabulary

/// What every template gets: the words, the frame around the page, the page itself.
struct Screen<Content: Sendable>: Sendable {
    let text: Words
    let frame: Frame
    let page: Content

    init(
        _ viewer: Viewer, title: String, section: Section? = nil, refreshes: Bool = false,
        hasCharts: Bool = false, page: Content
    ) {
        text = viewer.words
        frame = Frame(viewer, title: title, section: section, refreshes: refreshes, hasCharts: hasCharts)
        self.page = page
    }
}

/// The pages that the navigation names.
enum Section: CaseIterable, Sendable {
    case overview, conference, sites, assets, alerts, findings, maintenance, availability, agents, audit

    var address: String {
        switch self {
        case .overview: "/"
        case .conference: "/conference"
        case .sites: "/sites"
        case .assets: "/assets"
        case .alerts: "/alerts"
        case .maintenance: "/maintenance"
        case .availability: "/availability"
        case .findings: "/findings"
        case .agents: "/agents"
        case .audit: "/audit"
        }
    }

    func name(_ words: FrameWords) -> String {
        switch self {
        case .overview: words.overview
        case .conference: words.conference
        case .sites: words.sites
        case .assets: words.assets
        case .alerts: words.alerts
        case .maintenance: words.maintenance
        case .availability: words.availability
        case .findings: words.findings
        case .agents: words.agents
        case .audit: words.audit
        }
    }
}

/// What stands around a page: navigation, preferences, the time it was made.
struct Frame: Sendable {
    struct Item: Sendable {
        let address: String
        let name: String
        let isCurrent: Bool
    }

    struct Choice: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }

    let lang: String
    let theme: String
    let title: String
    let user: String?
    let csrf: String
    let path: String
    let items: [Item]
    let languages: [Choice]
    let themes: [Choice]
    let madeAt: Moment
    let zone: String
    let refresh: String?
    let stylesheet: String
    let script: String
    /// What draws charts on top of the drawings, on pages that have any.
    let charts: Viewer.ChartLibrary?
    let icon: String
    /// The script that puts the library in the place of the drawings.
    let upgrade: String

    init(_ viewer: Viewer, title: String, section: Section?, refreshes: Bool, hasCharts: Bool) {
        let words = viewer.words.frame
        lang = viewer.language.rawValue
        theme = viewer.theme.rawValue
        self.title = title
        user = viewer.userName
        csrf = viewer.csrf
        path = viewer.path
        items = Section.allCases.filter { $0 != .audit || viewer.isAdministrator }.map {
            Item(address: $0.address, name: $0.name(words), isCurrent: $0 == section)
        }
        languages = Language.allCases.map {
            Choice(value: $0.rawValue, name: $0.ownName, isChosen: $0 == viewer.language)
        }
        themes = Viewer.Theme.allCases.map {
            let name =
                switch $0 {
                case .auto: words.themeAuto
                case .light: words.themeLight
                case .dark: words.themeDark
                }
            return Choice(value: $0.rawValue, name: name, isChosen: $0 == viewer.theme)
        }
        madeAt = viewer.moment(viewer.now)
        zone = viewer.calendar.zone
        refresh = refreshes ? "5" : nil
        stylesheet = Static.address(of: "haidang.css")
        charts = hasCharts ? viewer.charts : nil
        script = Static.address(of: "haidang.js")
        upgrade = Static.address(of: "charts.js")
        icon = Static.address(of: "haidang.svg")
    }
}
