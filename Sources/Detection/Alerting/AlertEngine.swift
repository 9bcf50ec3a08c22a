package import Vocabulary

/// Makes alerts of confirmed failures, incidents of alerts that share a cause, and one message of an incident.
///
/// What it holds to, each a named property of its tests:
/// - messages are suppressed, never measuring; opening is suppressed, never resolving;
/// - patience stands still while something is suppressed;
/// - what depends on a thing that fails, or that is in maintenance, is held by it;
/// - it is released only by an answer newer than that thing's recovery;
/// - a likelihood spares nobody a word;
/// - a recovery goes out for each incident of which a problem went out, and only then.
package struct AlertEngine: Sendable {
    /// The first message of an incident waits until nothing has begun to fail for this long, …
    static let siblings = Duration.seconds(2)
    /// … but never longer than this.
    static let growth = Duration.seconds(5)
    /// A thing's failure explains what began to fail up to this long before it was seen itself: it may be asked less
    /// often than what depends on it.
    static let lead = Duration.seconds(20)
    /// What begins within this is "at one time".
    static let window = Duration.seconds(10)
    /// For an answer newer than the recovery of its cause an alert waits this long.
    static let newsPatience = Duration.seconds(60)
    /// A failure that was over before it was heard of is told when it ended less than this ago.
    static let freshness = Duration.seconds(60)
    /// From how many places on a coincidence is none, where nothing declared speaks against one cause, …
    static let crowd = 4
    /// … and from how many on whatever is declared.
    static let flood = 8

    /// What is believed of a subject, and since when on its agent's clock.
    package struct Belief: Hashable, Sendable {
        package var state: State
        package var since: Instant

        package init(_ state: State, since: Instant) {
            self.state = state
            self.since = since
        }
    }

    /// A confirmed change.
    package struct News: Hashable, Sendable {
        package var subject: Subject
        package var asset: Int64
        package var outcome: Outcome
        /// When it began and when it was confirmed, on the agent's clock.
        package var since: Instant
        package var confirmed: Instant

        package init(_ outcome: Outcome, of subject: Subject, asset: Int64, since: Instant, confirmed: Instant) {
            self.outcome = outcome
            self.subject = subject
            self.asset = asset
            self.since = since
            self.confirmed = confirmed
        }
    }

    package let dependencies: Dependencies
    package internal(set) var alerts: [Int64: Alert] = [:]
    package internal(set) var incidents: [Int64: Incident] = [:]
    var quiet: [Int64: Quiet]
    /// Failures of which no alert is opened, because something is quiet.
    package internal(set) var silenced: [Subject: News] = [:]
    var beliefs: [Subject: Belief]
    package internal(set) var changes: [Subject: Changes]
    var bySubject: [Subject: Int64] = [:]
    var byAsset: [Int64: Set<Int64>] = [:]
    /// The open alerts of each incident.
    var members: [Int64: Set<Int64>] = [:]
    /// What an asset's failure holds.
    var heldBy: [Int64: Set<Int64>] = [:]
    /// Incidents by the asset they are named for.
    var byRoot: [Int64: Set<Int64>] = [:]
    /// Incidents that were told and have merged into another.
    var mergedInto: [Int64: Set<Int64>] = [:]
    var nextAlert: Int64
    var nextIncident: Int64
    /// When anything last began to fail.
    var lastOpened: Instant?

    /// As the stores kept it; ids that are free from here on.
    package init(
        dependencies: Dependencies, beliefs: [Subject: Belief] = [:], quiet: [Int64: Quiet] = [:],
        changes: [Subject: Changes] = [:], alerts: [Alert] = [], incidents: [Incident] = [], silenced: [News] = [],
        nextAlert: Int64 = 1, nextIncident: Int64 = 1
    ) {
        self.dependencies = dependencies
        self.beliefs = beliefs
        self.changes = changes
        self.quiet = quiet
        self.nextAlert = nextAlert
        self.nextIncident = nextIncident
        for alert in alerts { keep(alert) }
        for incident in incidents { keep(incident) }
        for news in silenced { self.silenced[news.subject] = news }
    }

    /// Takes a confirmed change of a subject.
    package mutating func take(_ news: News, at now: Instant) -> [Effect] {
        let (failed, wasLossy, state) = (reachFails(news.asset), isLossy(news.asset), news.outcome.state)
        let before = beliefs[news.subject]?.state
        beliefs[news.subject] = Belief(state, since: news.since)
        var effects: [Effect] = []
        // What nobody knows for a while is as it was before: it has an alert, or none.
        let known = before == .unknown ? (alert(news.subject) == nil ? .up : .down) : before
        if let known, Changes.isChange(from: known, to: state) {
            changes[news.subject, default: Changes()].note(news.since)
        }
        switch news.outcome {
        case .up:
            silenced[news.subject] = nil
            if let alert = alert(news.subject) { recover(alert, news, at: now, &effects) }
        case .degraded, .down:
            if let alert = alert(news.subject) {
                failAgain(alert, news, at: now, &effects)
            } else {
                silenced[news.subject] = nil
                open(news, ready: now, at: now, &effects)
            }
        case .unknown(let reason):
            silenced[news.subject] = nil
            guard let alert = alert(news.subject) else { break }
            effects.append(decided(.unknown(reason), alert, at: now))
        }
        if reachFails(news.asset) {
            if !failed { gather(news.asset, at: now, &effects) }
        } else if isLossy(news.asset) {
            release(from: news.asset, after: news.since, at: now, &effects)
            if !wasLossy { gather(news.asset, at: now, &effects) }
        } else if isKnown(news.asset) {
            release(from: news.asset, after: news.since, at: now, &effects)
        } else {
            rethink(heldBy: news.asset, at: now, &effects)
        }
        return effects
    }

    /// An answer to a check, confirmed or not; it matters only to what waits for one.
    package mutating func observe(_ state: State, of subject: Subject, time: Instant, at now: Instant) -> [Effect] {
        guard state == .down || state == .degraded, awaitsNews(subject), let alert = alert(subject) else { return [] }
        switch alert.hold {
        case .news(let after, _) where time > after, .unseen(let after) where time > after:
            var effects: [Effect] = []
            stillFails(alert, at: now, &effects)
            return effects
        default: return []
        }
    }

    /// Whether answers to a check matter.
    package func awaitsNews(_ subject: Subject) -> Bool {
        guard let alert = alert(subject) else { return false }
        switch alert.hold {
        // One lost answer says nothing of what loses some.
        case .news, .unseen: return harm(alert) != .lossy
        default: return false
        }
    }

    /// Nobody asks this any more: what it was about ends with it.
    package mutating func end(_ subject: Subject, at now: Instant) -> [Effect] {
        var effects: [Effect] = []
        beliefs[subject] = nil
        silenced[subject] = nil
        changes[subject] = nil
        if let alert = alert(subject) {
            resolve(alert, at: now, &effects)
            if !reachFails(alert.asset) { release(from: alert.asset, after: now, at: now, &effects) }
        }
        return effects
    }

    /// When time alone brings something next; nil: never.
    package var nextDue: Instant? {
        var next = incidents.values.flatMap { [due($0), lapse(of: $0)].compactMap(\.self) }.min()
        for alert in alerts.values {
            if let settles = alert.settles { next = min(next ?? settles, settles) }
            if case .news(_, let until) = alert.hold { next = min(next ?? until, until) }
        }
        return next
    }

    /// Does what time alone brings.
    package mutating func pass(to now: Instant) -> [Effect] {
        var effects: [Effect] = []
        let waiting = alerts.values.filter { alert in
            if case .news = alert.hold { true } else { alert.settles != nil }
        }
        for alert in waiting.sorted(by: { $0.id < $1.id }) {
            if let settles = alert.settles, settles <= now {
                settle(alert, at: now, &effects)
            } else if case .news(let after, let until) = alert.hold, until <= now {
                missesNews(alert, after: after, at: now, &effects)
            }
        }
        for id in incidents.keys.sorted() {
            if let incident = incidents[id], let lapse = lapse(of: incident), lapse <= now {
                self.lapse(incident, at: now, &effects)
            }
            // One that was told may have taken others with it.
            guard let incident = incidents[id], let due = due(incident), due <= now else { continue }
            tell(incident, at: now, &effects)
        }
        return effects
    }
}

extension AlertEngine {
    func alert(_ subject: Subject) -> Alert? { bySubject[subject].flatMap { alerts[$0] } }

    /// Whether an asset cannot be reached, as far as anybody knows.
    func reachFails(_ asset: Int64) -> Bool {
        dependencies[asset]?.reach.contains { beliefs[$0]?.state == .down } ?? false
    }

    /// Whether anybody knows how it stands.
    func isKnown(_ asset: Int64) -> Bool {
        dependencies[asset]?.reach.contains { beliefs[$0].map { $0.state != .unknown } ?? false } ?? false
    }

    func decided(_ verdict: Decision.Verdict, _ alert: Alert, at now: Instant) -> Effect {
        .decided(Decision(at: now, verdict, subject: alert.subject, alert: alert.id, incident: alert.incident))
    }

    func alerts(of incident: Int64) -> [Alert] {
        (members[incident] ?? []).sorted().compactMap { alerts[$0] }
    }

    mutating func keep(_ alert: Alert) {
        if let before = alerts[alert.id] {
            members[before.incident]?.remove(alert.id)
            if case .cause(let asset) = before.hold { heldBy[asset]?.remove(alert.id) }
        }
        guard alert.resolved == nil else {
            alerts[alert.id] = nil
            bySubject[alert.subject] = nil
            byAsset[alert.asset]?.remove(alert.id)
            return
        }
        alerts[alert.id] = alert
        bySubject[alert.subject] = alert.id
        byAsset[alert.asset, default: []].insert(alert.id)
        members[alert.incident, default: []].insert(alert.id)
        if case .cause(let asset) = alert.hold { heldBy[asset, default: []].insert(alert.id) }
    }

    mutating func keep(_ alert: Alert, _ effects: inout [Effect]) {
        keep(alert)
        effects.append(.alert(alert))
    }

    mutating func keep(_ incident: Incident, _ effects: inout [Effect]) {
        keep(incident)
        effects.append(.incident(incident))
    }

    private mutating func keep(_ incident: Incident) {
        if let before = incidents[incident.id] {
            byRoot[before.root]?.remove(incident.id)
            if let target = before.mergedInto { mergedInto[target]?.remove(incident.id) }
        }
        guard incident.resolved == nil else {
            incidents[incident.id] = nil
            members[incident.id] = nil
            return
        }
        incidents[incident.id] = incident
        byRoot[incident.root, default: []].insert(incident.id)
        if let target = incident.mergedInto { mergedInto[target, default: []].insert(incident.id) }
    }
}
