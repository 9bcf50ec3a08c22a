import Vocabulary

/// Announced work in words, ready for its template.
struct MaintenanceView: Sendable {
    struct Row: Sendable {
        let name: String
        let times: String?
        let every: [String]
        let next: String?
        let sites: [NamedText]
        let units: [NamedText]
        let assets: [NamedText]
        let classes: [String]
        let covered: String
        let reason: String?
        let who: String?
        /// What the button does; nil without one.
        let action: String?
        let address: String
    }

    /// A field of the form that takes one text.
    struct Field: Sendable {
        let name: String
        let label: String
        let value: String
        let type: String
        let hint: String?
        /// The list that it offers.
        let list: String?
    }

    struct Offer: Sendable {
        let id: String
        let values: [Frame.Choice]
    }

    let active: [Row]
    let areActive: Bool
    let planned: [Row]
    let arePlanned: Bool
    let over: [Row]
    let areOver: Bool
    let mayAdd: Bool
    let problem: String?
    let fields: [Field]
    let offers: [Offer]

    init(_ page: MaintenancePage, _ viewer: Viewer) {
        let words = viewer.words.maintenance
        let rows = { (stage: MaintenancePage.Stage) in
            page.rows.filter { $0.stage == stage }.map { Row($0, viewer) }
        }
        active = rows(.active)
        planned = rows(.planned)
        over = rows(.over)
        (areActive, arePlanned, areOver) = (!active.isEmpty, !planned.isEmpty, !over.isEmpty)
        mayAdd = viewer.isAdministrator
        problem = page.problem.map(words.problem)
        let draft = page.draft
        let field = { (name: String, label: String, value: String, hint: String?, list: String?) in
            Field(name: name, label: label, value: value, type: "text", hint: hint, list: list)
        }
        fields = [
            Field(
                name: "from", label: words.from, value: draft.from, type: "datetime-local", hint: viewer.calendar.zone,
                list: nil),
            Field(
                name: "until", label: words.until, value: draft.until, type: "datetime-local",
                hint: viewer.calendar.zone, list: nil),
            field("sites", words.sites, draft.sites, words.namesHint, "known-sites"),
            field("units", words.units, draft.units, words.namesHint, "known-units"),
            field("assets", words.assets, draft.assets, words.namesHint, nil),
            field("classes", words.classes, draft.classes, words.namesHint, "known-classes"),
            field("reason", words.reason, draft.reason, nil, nil),
            field("every", words.every, draft.every, words.everyHint, nil),
            field("name", words.name, draft.name, words.nameHint, nil),
        ]
        let choices = { (all: [Named]) in
            all.map { Frame.Choice(value: $0.name, name: $0.label, isChosen: false) }
        }
        offers = [
            Offer(id: "known-sites", values: choices(page.knownSites)),
            Offer(id: "known-units", values: choices(page.knownUnits)),
            Offer(
                id: "known-classes",
                values: page.knownClasses.map {
                    Frame.Choice(value: $0, name: viewer.words.className($0), isChosen: false)
                }),
        ]
    }
}

extension MaintenanceView.Row {
    fileprivate init(_ row: MaintenancePage.Row, _ viewer: Viewer) {
        let words = viewer.words.maintenance
        let moment = { (instant: Instant) in viewer.calendar.dateAndTime(instant) }
        name = row.name
        times =
            switch (row.from, row.until) {
            case (let from?, let until?): words.span(moment(from), moment(until))
            case (let from?, nil): words.since(moment(from))
            case (nil, let until?): words.to(moment(until))
            case (nil, nil): nil
            }
        every = row.every
        next = row.next.map { row.stage == .active ? words.ends(moment($0)) : words.begins(moment($0)) }
        sites = row.sites.compactMap(NamedText.site)
        units = row.units.compactMap(NamedText.unit)
        assets = row.assets.compactMap(NamedText.asset)
        classes = row.classes.map(viewer.words.className)
        covered = viewer.words.counted(.asset, row.covered)
        reason = row.reason.isEmpty ? nil : row.reason
        who = row.who.isEmpty ? nil : row.who
        let isOpen = viewer.isAdministrator && row.stage != .over
        action = isOpen ? (row.stage == .active || !row.every.isEmpty ? words.end : words.cancel) : nil
        address = Link.maintenance(row.name) + "/end"
    }
}
