import Vocabulary

extension Incident.Cause {
    /// Stable, in storage and in the API.
    package var word: String {
        switch self {
        case .root: "root"
        case .site: "site"
        case .shared: "shared"
        case .beside: "beside"
        case .coincidence: "coincidence"
        case .leftover: "leftover"
        }
    }
}

extension Decision.Verdict {
    /// A part of what a decision rests on: text, or an asset by its row.
    package enum Detail: Hashable, Sendable {
        case text(String)
        case asset(Int64)

        /// Microseconds since 1970.
        static func time(_ time: Instant) -> Detail { .text("\(time.microseconds)") }
        static func span(_ span: Duration) -> Detail { .text("\(span.wholeMicroseconds / 1_000_000)") }
    }

    /// Stable, in storage and in the API.
    package var word: String {
        switch self {
        case .opened: "opened"
        case .quiet(.maintenance): "in-maintenance"
        case .quiet(.hours): "outside-hours"
        case .overran: "overran"
        case .quietCause: "cause-quiet"
        case .caused: "caused"
        case .unreachable: "unreachable"
        case .waits: "waits"
        case .joined: "joined"
        case .told(let telling, _): "told-\(telling.rawValue)"
        case .alreadyTold: "already-told"
        case .noRoute: "no-route"
        case .brief: "brief"
        case .heldThroughout: "held-throughout"
        case .flapping: "flapping"
        case .settles: "settles"
        case .awaitsNews: "awaits-news"
        case .stillFailing: "still-failing"
        case .noNews: "no-news"
        case .unknown: "unknown"
        case .acknowledged(_, nil): "acknowledged"
        case .acknowledged: "acknowledged-until"
        case .released: "released"
        case .worseHeld: "worse-held"
        case .lapsed: "lapsed"
        case .handed: "handed"
        case .resolved: "resolved"
        case .over: "over"
        }
    }

    package var detail: [(key: String, value: Detail)] {
        switch self {
        case .opened, .heldThroughout, .stillFailing, .noNews, .alreadyTold, .resolved, .over: []
        case .quiet(let quiet): quiet.detail
        case .overran(let name): [("name", .text(name))]
        case .quietCause(let asset, let quiet): [("asset", .asset(asset))] + quiet.detail
        case .caused(let asset, let since): [("asset", .asset(asset))] + Self.lead(since)
        case .unreachable(let since): Self.lead(since)
        case .waits(let until, let importance, let patience):
            [("until", .time(until))] + Self.rule(importance, patience)
        case .settles(let until): [("until", .time(until)), ("calm", .span(Changes.calm))]
        case .joined(let cause, let assets):
            [("cause", .text(cause.word))] + cause.detail + [
                ("assets", .text("\(assets)")), ("window", .span(AlertEngine.window)),
            ]
        case .told(_, let importance), .noRoute(let importance): [("importance", .text(importance.rawValue))]
        case .brief(let lasted, let importance, let patience):
            [("lasted", .span(lasted))] + Self.rule(importance, patience)
        case .flapping(let changes, let within):
            [
                ("changes", .text("\(changes)")), ("within", .span(within)), ("window", .span(Changes.within)),
            ]
        case .awaitsNews(let after): [("after", .time(after))]
        case .unknown(let reason): [("reason", .text(reason.code))]
        case .acknowledged(let person, let until):
            [("by", .text(person))] + (until.map { [("until", .time($0))] } ?? [])
        case .released(let person), .lapsed(let person): [("by", .text(person))]
        case .worseHeld(let person, let until): [("by", .text(person)), ("until", .time(until))]
        case .handed(let person, let incident): [("by", .text(person)), ("incident", .text("\(incident)"))]
        }
    }

    /// How long what is that important has to last.
    private static func rule(_ importance: Importance, _ patience: Patience) -> [(key: String, value: Detail)] {
        let lasting: (key: String, value: Detail) =
            switch patience {
            case .after(let span): ("patience", .span(span))
            case .digest: ("digest", .text(Patience.digestTime))
            }
        return [("importance", .text(importance.rawValue)), lasting]
    }

    /// Since when a cause fails, and how much sooner what it explains may have begun.
    private static func lead(_ since: Instant?) -> [(key: String, value: Detail)] {
        since.map { [("since", .time($0)), ("lead", .span(AlertEngine.lead))] } ?? []
    }
}

extension Quiet {
    fileprivate var detail: [(key: String, value: Decision.Verdict.Detail)] {
        switch self {
        case .maintenance(let name, let until), .hours(let name, let until):
            [("name", .text(name))] + (until.map { [("until", .time($0))] } ?? [])
        }
    }
}

extension Incident.Cause {
    fileprivate var detail: [(key: String, value: Decision.Verdict.Detail)] {
        switch self {
        case .root, .coincidence: []
        case .site(let site): [("site", .text(site))]
        case .shared(let asset): [("asset", .asset(asset))]
        case .beside(let incident), .leftover(let incident): [("incident", .text("\(incident)"))]
        }
    }
}
