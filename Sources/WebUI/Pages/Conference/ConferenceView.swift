import Conferences
import Vocabulary

/// The conference in words, ready for its template.
struct ConferenceView: Sendable {
    struct Count: Sendable {
        let badge: Badge
        let number: String
        let address: String
        let isNone: Bool
        let isChosen: Bool
    }

    struct Level: Sendable {
        let name: String
        let share: String
        let address: String
        let isChosen: Bool
        let isWhole: Bool
    }

    struct Head: Sendable {
        let name: String
        /// Sites with a trouble there; nil: none.
        let troubles: String?
        let none: String
        let address: String
        let said: String
        let isChosen: Bool
    }

    /// A sign of the table, drawn once.
    struct Sign: Sendable {
        let code: String
        let word: String
        let glyph: String
    }

    struct Cell: Sendable {
        let code: String
        let word: String
        let name: String
        /// What it says of itself, for who points at it.
        let hint: String?
    }

    struct Cause: Sendable {
        let sentence: String
        let address: String
    }

    struct Row: Sendable {
        let verdict: String
        /// Of the badge: two verdicts look alike.
        let code: String
        let word: String
        let site: NamedText?
        let level: String
        let gates: [Cell]
        let sentence: String?
        let incident: String?
        let since: Moment?
        let contact: ContactText?
    }

    let headline: String
    let isCalm: Bool
    let newest: String
    let isOld: Bool
    let query: String
    let level: String?
    let isFiltered: Bool
    let states: [Frame.Choice]
    let gates: [Frame.Choice]
    let counts: [Count]
    let levels: [Level]
    let areLevels: Bool
    let causes: [Cause]
    let areCauses: Bool
    let signs: [Sign]
    /// Of a site that is ready; it is in no cell, so the legend leaves it out.
    let ready: Sign
    let heads: [Head]
    let rows: [Row]
    let areRows: Bool
    let areSites: Bool
    let empty: String

    init(_ page: ConferencePage, _ viewer: Viewer) {
        let (words, numbers, all) = (viewer.words, viewer.numbers, page.conference)
        let said = words.conference
        let total = all.counts()
        let number = total.values.reduce(0, +)
        headline = said.headline(numbers.integer(total[.ready] ?? 0), words.counted(.site, number))
        isCalm = number > 0 && total[.ready] == number
        let age = page.newestData.map { viewer.now - $0 }
        let isOld = age.map { $0 > OverviewPage.patience } ?? (number > 0)
        self.isOld = isOld
        newest =
            age.map { isOld ? words.overview.isOld(words.ago($0)) : words.overview.newest(words.ago($0)) }
            ?? words.overview.noData
        query = page.query.text
        level = page.query.level
        isFiltered = !page.query.isPlain
        states = SiteReadiness.Verdict.allCases.map {
            Frame.Choice(value: $0.rawValue, name: said.verdict($0), isChosen: $0 == page.query.verdict)
        }
        gates = Gate.allCases.map {
            Frame.Choice(value: $0.rawValue, name: said.gate($0), isChosen: $0 == page.query.gate)
        }
        let ofLevel = all.counts(level: page.query.level)
        counts = SiteReadiness.Verdict.allCases.map { verdict in
            let number = ofLevel[verdict] ?? 0
            var query = ConferencePage.Query(level: page.query.level)
            let isChosen = page.query.verdict == verdict
            if !isChosen { query.verdict = verdict }
            return Count(
                badge: Badge(verdict, words), number: numbers.integer(number), address: query.address,
                isNone: number == 0, isChosen: isChosen)
        }
        levels = ([nil] + page.levels.map(Optional.some)).map { level in
            let counts = all.counts(level: level)
            let (ready, sites) = (counts[.ready] ?? 0, counts.values.reduce(0, +))
            var query = page.query
            query.level = level
            return Level(
                name: level.map(words.levelName) ?? said.everywhere,
                share: said.share(numbers.integer(ready), numbers.integer(sites)), address: query.address,
                isChosen: page.query.level == level, isWhole: ready == sites)
        }
        areLevels = page.levels.count > 1
        causes = page.causes.map { cause in
            let name = cause.asset.name.isEmpty ? words.incident.unseenAsset : cause.asset.label
            return Cause(
                sentence: said.takesAlong(name, words.counted(.site, cause.sites)),
                address: "/incidents/\(cause.incident)")
        }
        areCauses = !causes.isEmpty
        ready = Sign(
            code: SiteReadiness.Verdict.ready.rawValue, word: said.verdict(.ready), glyph: Standing.up.glyph)
        signs = GateStanding.State.allCases.map { Sign(code: $0.rawValue, word: said.state($0), glyph: $0.glyph) }
        heads = Gate.allCases.map { gate in
            let counts = all.counts(of: gate)
            let troubles = (counts[.down] ?? 0) + (counts[.degraded] ?? 0)
            var query = page.query
            let isChosen = page.query.gate == gate
            query.gate = isChosen ? nil : gate
            return Head(
                name: said.gate(gate), troubles: troubles > 0 || isChosen ? numbers.integer(troubles) : nil,
                none: numbers.integer(0), address: query.address,
                said: said.troubled(said.gate(gate), numbers.integer(troubles)),
                isChosen: isChosen)
        }
        rows = page.rows.map { Row($0, viewer) }
        areRows = !rows.isEmpty
        areSites = number > 0
        empty = areSites ? said.noneMatch : said.none
    }
}

extension ConferenceView.Row {
    init(_ row: ConferencePage.Row, _ viewer: Viewer) {
        let (words, readiness) = (viewer.words, row.readiness)
        verdict = readiness.verdict.rawValue
        code = Badge(readiness.verdict, words).code
        word = words.conference.verdict(readiness.verdict)
        site = NamedText.site(row.site)
        level = words.levelName(readiness.level)
        gates = Gate.allCases.map { gate in
            let standing = readiness[gate]
            // What waits for another has that beside it.
            let isPlain = [.ok, .notWatched, .behind].contains(standing.state)
            return ConferenceView.Cell(
                code: standing.state.rawValue, word: words.conference.state(standing.state),
                name: words.conference.gate(gate),
                hint: isPlain ? nil : ReadinessSentence.text(gate, standing, viewer.language))
        }
        let isSaid = readiness.gate != nil
        sentence =
            isSaid
            ? ReadinessSentence(readiness, blame: row.blame, sharing: row.sharing, language: viewer.language).text : nil
        incident = readiness.blame.map { "/incidents/\($0.incident)" }
        since = readiness.standing?.since.map(viewer.moment)
        contact = row.contact.map(ContactText.init(short:))
    }
}

extension Badge {
    init(_ verdict: SiteReadiness.Verdict, _ words: Words) {
        let standing: Standing =
            switch verdict {
            case .down: .down
            case .degraded: .degraded
            case .unknown: .unknown
            case .ready: .up
            case .outsideHours: .outsideHours
            case .maintenance, .notWatched: .notConfigured
            }
        self.init(
            code: standing.rawValue, word: words.conference.verdict(verdict),
            glyph: verdict == .maintenance ? GateStanding.State.maintenance.glyph : standing.glyph)
    }
}

extension GateStanding.State {
    /// Its shape in a 16 × 16 box, as those of standings; what is well is drawn thin, so that the rest stands out.
    var glyph: String {
        switch self {
        case .ok: #"<path class="ink" d="M3.6 8.4l3 3 6-6.8"/>"#
        case .degraded: Standing.degraded.glyph
        case .down: Standing.down.glyph
        case .unknown: Standing.unknown.glyph
        case .behind: #"<path class="line" d="M13.5 8H3m4.2-4.2L3 8l4.2 4.2"/>"#
        case .maintenance:
            #"<rect class="line" x="2" y="2" width="12" height="12" rx="2"/><path class="line" d="M6.2 5.4v5.2m3.6-5.2v5.2"/>"#
        case .outsideHours: Standing.outsideHours.glyph
        case .notWatched: Standing.notConfigured.glyph
        }
    }
}
