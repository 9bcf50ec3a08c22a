import Conferences
import Hummingbird
import Storage
import Vocabulary

/// `GET /api/v1/conference?level=…&language=…`: which sites can take part in a conference now, and why others cannot.
package struct ConferenceRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("conference") { request, context in
            let (caller, now) = (try context.requireCaller(), services.now())
            let (language, level) = (try request.language, request.uri.queryParameters["level"].map(String.init))
            return try await services.database.read { connection in
                let overview = try ConferenceOverview(connection, scope: caller.scope, at: now)
                if let level, !overview.levels.contains(level) {
                    let known = overview.levels.joined(separator: ", ")
                    throw Problem(.badRequest, "bad-level", "level: \"\(level)\" is none of: \(known)")
                }
                return try Response(
                    json: ConferenceDTO(overview, level: level, at: now) { services.readiness($0, language) })
            }
        }
    }
}

package struct ConferenceDTO: Codable, Sendable {
    package struct Level: Codable, Sendable {
        package var level: String
        package var sites: Int
        /// How many have each verdict.
        package var counts: [String: Int]
    }

    package struct Standing: Codable, Sendable {
        /// `ok`, `degraded`, `down`, `unknown`, `behind`, `maintenance`, `outside-hours` or `not-watched`.
        package var state: String
        package var reason: ReasonDTO?
        package var since: String?
        /// The check that says so.
        package var check: String?
        /// The gate that it waits for.
        package var behind: String?
        package var until: String?
        /// The maintenance or the hours.
        package var name: String?

        init(_ standing: GateStanding) {
            state = standing.state.rawValue
            reason = standing.reason.map(ReasonDTO.init)
            since = standing.since?.description
            check = standing.check?.rawValue
            behind = standing.behind?.rawValue
            until = standing.until?.description
            name = standing.name.isEmpty ? nil : standing.name
        }
    }

    package struct Blame: Codable, Sendable {
        /// Empty when the caller may not see it.
        package var asset: String
        package var incident: Int64
        /// How many sites it takes with it.
        package var sites: Int
    }

    package struct Site: Codable, Sendable {
        package var site: String
        package var title: String
        package var level: String
        package var contact: SiteDTO.Contact?
        /// `down`, `degraded`, `unknown`, `maintenance`, `not-watched`, `outside-hours` or `ready`.
        package var verdict: String
        /// The gate that speaks for the site, and the sentence that it says.
        package var gate: String?
        package var text: String
        package var since: String?
        package var until: String?
        package var blame: Blame?
        package var gates: [String: Standing]

        init(_ entry: ConferenceOverview.Entry, text: String) {
            let (place, readiness) = (entry.site, entry.readiness)
            site = place.name
            title = place.title
            level = readiness.level
            contact = place.contacts.first.map(SiteDTO.Contact.init)
            verdict = readiness.verdict.rawValue
            gate = readiness.gate?.rawValue
            self.text = text
            since = readiness.standing?.since?.description
            until = readiness.standing?.until?.description
            blame = readiness.blame.map { Blame(asset: $0.asset, incident: $0.incident, sites: entry.sharing) }
            gates = Dictionary(Gate.allCases.map { ($0.rawValue, Standing(readiness[$0])) }) { first, _ in first }
        }
    }

    package var now: String
    /// How many of the sites below have each verdict.
    package var counts: [String: Int]
    package var levels: [Level]
    /// By gate: how many of all sites have each state.
    package var gates: [String: [String: Int]]
    /// The worst first.
    package var sites: [Site]

    init(
        _ overview: ConferenceOverview, level: String?, at now: Instant,
        text: (ConferenceOverview.Entry) -> String
    ) {
        let conference = overview.conference
        self.now = now.description
        counts = Self.words(conference.counts(level: level))
        levels = overview.levels.map { level in
            let counts = Self.words(conference.counts(level: level))
            return Level(level: level, sites: counts.values.reduce(0, +), counts: counts)
        }
        gates = Dictionary(Gate.allCases.map { ($0.rawValue, Self.words(conference.counts(of: $0))) }) { first, _ in
            first
        }
        sites = overview.entries.filter { level == nil || $0.readiness.level == level }
            .map { Site($0, text: text($0)) }
    }

    private static func words<Word: RawRepresentable<String> & Hashable>(_ counts: [Word: Int]) -> [String: Int] {
        Dictionary(counts.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
    }
}
