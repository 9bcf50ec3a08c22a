package import Vocabulary

/// Everything the pages say, in one language: a key that a language lacks does not compile.
///
/// Templates reach the plain strings as `{{text.overview.title}}`; what needs a number or a name is a function.
package struct Words: Sendable {
    let frame: FrameWords
    let signIn: SignInWords
    let password: PasswordWords
    let overview: OverviewWords
    let assets: AssetsWords
    let asset: AssetWords
    let path: PathWords
    let sites: SitesWords
    let conference: ConferenceWords
    let totals: TotalsWords
    let book: BookWords
    let alerts: AlertsWords
    let incident: IncidentWords
    let notes: IncidentNoteWords
    let maintenance: MaintenanceWords
    let availability: AvailabilityWords
    let delivery: DeliveryWords
    let findings: FindingsWords
    let agents: AgentsWords
    let message: MessageWords
    let packages: PackagesWords
    let audit: AuditWords
    let chart: ChartWords
    let column: ColumnWords
    package let language: Language
    package let standing: @Sendable (Standing) -> String
    package let counted: @Sendable (CountedThing, Int) -> String
    package let duration: @Sendable (Duration) -> String
    package let ago: @Sendable (Duration) -> String
    package let reason: @Sendable (KnownReason) -> String
    package let step: @Sendable (KnownStep) -> String
    package let blindSpot: @Sendable (KnownBlindSpot) -> String
    package let assetClass: @Sendable (KnownClass) -> String
    package let factGroup: @Sendable (KnownFactGroup) -> String
    /// With `{}` where the values go.
    package let phrase: @Sendable (KnownPhrase) -> String
    package let subject: @Sendable (KnownSubject) -> String
    package let action: @Sendable (KnownAction) -> String
    package let level: @Sendable (KnownLevel) -> String
    package let field: @Sendable (KnownField) -> String
    package let severity: @Sendable (Severity) -> String
    package let finding: @Sendable (KnownFinding) -> String
    package let evidence: @Sendable (KnownEvidence) -> String

    package static func of(_ language: Language) -> Words {
        switch language {
        case .vietnamese: .vietnamese
        case .english: .english
        }
    }
}

/// What the pages count in words.
package enum CountedThing: CaseIterable, Sendable {
    case asset, site, unit, check, agent, alert, change, run, point, package, finding
}

struct FrameWords: Sendable {
    let product, skip, navigation, overview, conference, sites, assets, alerts, findings, agents, signOut,
        changePassword,
        preferences,
        language,
        theme, themeAuto, themeLight, themeDark, audit, maintenance, availability, copy, copied, timesIn, loaded,
        expected, got, stale: String
}

struct SignInWords: Sendable {
    let title, lead, user, password, submit, wrong, locked, expired, signedOut: String
}

struct PasswordWords: Sendable {
    let title, leadForced, lead, current, new, again, submit, wrongCurrent, different, same, common: String
    let atLeast: @Sendable (Int) -> String
}

struct OverviewWords: Sendable {
    let title, states, broken, nothingBroken, nothingBrokenYet, waiting, waitingLead, uncertain, call, nobody, machines,
        noMachines, next,
        nextLead,
        enrol,
        enrolWhy, load, loadWhy, breakIt, breakWhy, noData, cpu, memory, disk, sparkline: String
    let headline: @Sendable (Int) -> String
    let newest: @Sendable (String) -> String
    let isOld: @Sendable (String) -> String
    let noAddress: @Sendable (String) -> String
    let more: @Sendable (Int) -> String
}

struct AssetsWords: Sendable {
    let title, search, searchHint, allClasses, allStates, allUnits, allSites, filter, clear, none, noneMatch, previous,
        next, pages: String
    let shown: @Sendable (Int, Int) -> String
    let page: @Sendable (Int, Int) -> String
}

struct AssetWords: Sendable {
    let checks, noChecks, charts, drag, reset, facts, noFacts, firstLast, history, noHistory, blind, blindLead, address,
        site, call, runThis, became, changed, appeared, vanished, notConfigured, waiting, span, seen: String
}

struct AlertsWords: Sendable {
    let title, open, noOpen, resolved, noResolved, acknowledgedBy, notAcknowledged, lasted: String
}

struct DeliveryWords: Sendable {
    let repeated, nothingIsWrong: String
    let test: @Sendable (String) -> String
    let askedBy: @Sendable (String) -> String
    /// How many assets are watched, and how many alerts are open.
    let alive: @Sendable (String, String) -> String
    let aliveWhy: String
    /// How many incidents that could wait still fail, and how many are over.
    let digest: @Sendable (Int, Int) -> String
}

struct FindingsWords: Sendable {
    let title, open, noOpen, closed, noClosed, closedBy, evidence, times, acknowledge, close: String
}

struct AgentsWords: Sendable {
    let title, none, noneLead, dropped, nothingDropped, samples, states, findings, sees, blind, silent: String
    /// Where the agent reports from, and where others report from with its identity.
    let cloned: @Sendable (String, String) -> String
}

struct MessageWords: Sendable {
    let notFound, notFoundLead, forbidden, forbiddenLead, failure, failureLead, tooMany, tooManyLead, request,
        home: String
}

struct PackagesWords: Sendable {
    let title, searchHint, none, noneMatch: String
    /// A count of packages out of all of them.
    let of: @Sendable (_ matching: String, _ all: String) -> String
}

struct AuditWords: Sendable {
    let title, lead, none, machine, newer, older: String
}

struct ChartWords: Sendable {
    let table, time, series, least, mean, most, last, noData, band, memory, swap: String
    let minutes: @Sendable (Int) -> String
    let summary: @Sendable (_ title: String, _ from: String, _ to: String) -> String
    let latest: @Sendable (_ shown: Int, _ all: Int) -> String
}

/// Headings of table columns.
struct ColumnWords: Sendable {
    let asset, site, state, reason, since, call, name, kind, target, value, age, assetClass, unit, address, fact,
        source,
        firstSeen, lastSeen, when, what, from, to, opened, resolved, acknowledged, version, lag, spool, dropped, clock,
        unseen, architecture, sourcePackage, who, action, subject, code, assets, checks, severity: String
}
