import Conferences
import TestSupport
import Testing
import Vocabulary

/// What holds whatever checks say: many sites with random words, the same each time.
@Suite struct ConferenceTests {
    private static let levels = ["province", "department", "district", "commune"]
    private static let codes = [
        "no-reply", "timeout", "packet-loss", "high-jitter", "not-registered", "certificate-expired", "overloaded",
        "camera-missing", "connection-refused", "agent-silent", "a-code-from-elsewhere",
    ]

    private func outcome(_ dice: inout Dice) -> Outcome {
        let reason = Reason(Self.codes.randomElement(using: &dice) ?? "")
        return switch Int.random(in: 0..<7, using: &dice) {
        case 0: .down(reason)
        case 1: .degraded(reason)
        case 2: .unknown(reason)
        default: .up
        }
    }

    private func sites(_ count: Int, seed: UInt64) -> [ConferenceSite] {
        var dice = Dice(seed: seed)
        return (0..<count).map { number in
            var sample = SampleSite(name: "site-\(number)", level: Self.levels.randomElement(using: &dice) ?? "")
            for check in SampleSite.checks {
                sample.said[check] = (outcome(&dice), Int64.random(in: 0..<2000, using: &dice))
                if Int.random(in: 0..<6, using: &dice) == 0 { sample.without.insert(check) }
            }
            sample.asked = Int64.random(in: 0..<2000, using: &dice)
            sample.registered = [true, false, nil].randomElement(using: &dice) ?? nil
            sample.ends = Bool.random(using: &dice) ? nil : at(5000)
            if Int.random(in: 0..<12, using: &dice) == 0 { sample.codecPauses.maintenance = .init("w") }
            if Int.random(in: 0..<12, using: &dice) == 0 { sample.codecPauses.outsideHours = .init("h") }
            if Bool.random(using: &dice) {
                sample.blames["line/icmp"] = .init("carrier-\(number % 3)", incident: Int64(number % 3))
            }
            return sample.site
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func theSameSitesInAnyOrderAreTheSameConference(seed: UInt64) {
        var dice = Dice(seed: seed)
        var sites = sites(40, seed: seed)
        let expected = Conference(sites, levels: Self.levels)
        for _ in 0..<5 {
            sites.shuffle(using: &dice)
            for site in sites.indices {
                sites[site].assets.shuffle(using: &dice)
                for asset in sites[site].assets.indices { sites[site].assets[asset].checks.shuffle(using: &dice) }
            }
            #expect(Conference(sites, levels: Self.levels) == expected)
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func theWorstStandFirstAndEachSaysWhy(seed: UInt64) {
        let conference = Conference(sites(120, seed: seed), levels: Self.levels)
        #expect(conference.sites.count == 120)
        for (one, next) in zip(conference.sites, conference.sites.dropFirst()) { #expect(one.verdict <= next.verdict) }
        for site in conference.sites {
            switch site.verdict {
            case .down, .degraded, .unknown:
                #expect(site.standing?.reason != nil)
                #expect(site.standing?.check != nil)
            case .maintenance, .outsideHours: #expect(site.gate == .hours)
            case .ready: #expect(site.gate == nil && site[.codec].state == .ok)
            case .notWatched: #expect(site.gate == nil)
            }
        }
        #expect(conference.counts().values.reduce(0, +) == 120)
        let byLevel = Self.levels.flatMap { conference.counts(level: $0).values }
        #expect(byLevel.reduce(0, +) == 120)
        for gate in Gate.allCases { #expect(conference.counts(of: gate).values.reduce(0, +) == 120) }
        #expect(conference.shared.values.reduce(0, +) == conference.sites.count { $0.blame != nil })
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aConsequenceHasItsCauseOnTheSameRow(seed: UInt64) {
        for site in sites(120, seed: seed).map(SiteReadiness.init) {
            for gate in Gate.allCases where site[gate].state == .behind {
                guard let cause = site[gate].behind else {
                    Issue.record("\(gate) is behind nothing")
                    continue
                }
                // What it waits for has failed, or waits itself.
                let isTrouble = [.down, .behind].contains(site[cause].state) || cause == .certificate
                #expect(isTrouble && cause != gate)
                #expect(site[gate].reason == nil)
            }
            let isDown = Gate.allCases.contains { site[$0].state == .behind }
            if isDown, ![.maintenance, .outsideHours].contains(site.verdict) { #expect(site.verdict <= .degraded) }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func withoutAFailureNothingIsDown(seed: UInt64) {
        for site in sites(120, seed: seed) {
            var site = site
            for asset in site.assets.indices {
                for check in site.assets[asset].checks.indices {
                    let state = site.assets[asset].checks[check].outcome?.state
                    if state == .down { site.assets[asset].checks[check].outcome = .unknown(Reason("agent-silent")) }
                }
            }
            let readiness = SiteReadiness(site)
            #expect(readiness.verdict != .down)
            #expect(Gate.allCases.allSatisfy { readiness[$0].state != .down && readiness[$0].state != .behind })
        }
    }

    @Test func siblingsOfOneCauseAreCounted() {
        let blame = ConferenceSite.Blame("carrier-3", incident: 7)
        let sites = (0..<30).map { number in
            var sample = SampleSite.cut()
            sample.name = "site-\(number)"
            sample.blames["line/icmp"] = blame
            return sample.site
        }
        #expect(Conference(sites + [SampleSite().site], levels: []).shared == [blame: 30])
    }

    @Test func ofEquallyGraveTroublesTheOldestThenTheUppermostLevelStandsFirst() {
        func cut(_ name: String, _ level: String, since: Int64) -> ConferenceSite {
            var sample = SampleSite.cut(since: since)
            (sample.name, sample.level) = (name, level)
            return sample.site
        }
        var slow = SampleSite(name: "slow", level: "province")
        slow.said["line/icmp"] = (.degraded(Reason("high-latency")), 1)
        let conference = Conference(
            [
                slow.site, cut("c", "commune", since: 300), cut("p", "province", since: 300),
                cut("old", "commune", since: 100),
            ], levels: Self.levels)
        #expect(conference.sites.map(\.site) == ["old", "p", "c", "slow"])
    }

    @Test func whatOneRepairMendsStandsBehindWhatOneSiteHas() {
        func cut(_ name: String, since: Int64, blame: ConferenceSite.Blame? = nil) -> ConferenceSite {
            var sample = SampleSite.cut(since: since)
            sample.name = name
            sample.blames["line/icmp"] = blame
            return sample.site
        }
        let carrier = ConferenceSite.Blame("carrier-3", incident: 7)
        let sites = [
            cut("a", since: 100, blame: carrier), cut("b", since: 100, blame: carrier), cut("own", since: 900),
            cut("alone", since: 950, blame: .init("line-9", incident: 8)),
        ]
        #expect(Conference(sites, levels: []).sites.map(\.site) == ["own", "alone", "a", "b"])
    }
}
