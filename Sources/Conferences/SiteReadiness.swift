import Vocabulary

/// Whether a site can take part in a conference now, and if not, why.
package struct SiteReadiness: Hashable, Sendable {
    /// The worst first.
    package enum Verdict: String, CaseIterable, Comparable, Sendable {
        case down
        case degraded
        case unknown
        case maintenance
        /// Nobody asks its codec, or it has none.
        case notWatched = "not-watched"
        case outsideHours = "outside-hours"
        case ready

        package static func < (left: Verdict, right: Verdict) -> Bool { left.place < right.place }

        private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    package let site: String
    package let level: String
    package let verdict: Verdict
    /// The gate that speaks for the site: of the gravest the first; nil where there is nothing to say.
    package let gate: Gate?
    /// What stands elsewhere and is to blame.
    package let blame: ConferenceSite.Blame?
    private let standings: [Gate: GateStanding]

    package subscript(gate: Gate) -> GateStanding { standings[gate] ?? .notWatched }

    /// What speaks for the site.
    package var standing: GateStanding? { gate.map { self[$0] } }

    package init(_ site: ConferenceSite) {
        self.site = site.name
        level = site.level
        let gates = Gates(site)
        standings = gates.standings
        (verdict, gate) = Self.verdict(standings)
        blame = gate.flatMap { gates.blames[$0] }
    }

    private static func verdict(_ standings: [Gate: GateStanding]) -> (Verdict, Gate?) {
        switch standings[.hours]?.state {
        case .outsideHours: return (.outsideHours, .hours)
        case .maintenance: return (.maintenance, .hours)
        default: break
        }
        for (state, verdict) in [(GateStanding.State.down, Verdict.down), (.degraded, .degraded), (.unknown, .unknown)]
        {
            if let gate = Gate.allCases.first(where: { standings[$0]?.state == state }) { return (verdict, gate) }
        }
        return standings[.codec]?.state == .ok ? (.ready, nil) : (.notWatched, nil)
    }
}

/// The gates of one site, each from what all its checks say of it.
private struct Gates {
    /// By how much a failure may seem to begin sooner than the one it follows from: things are asked at their own times.
    static let lead = Duration.seconds(60)

    var standings: [Gate: GateStanding] = [:]
    /// What stands elsewhere and is to blame for a gate's failure.
    var blames: [Gate: ConferenceSite.Blame] = [:]
    private let evidence: [Evidence]
    private let classes: [String: String]

    init(_ site: ConferenceSite) {
        evidence = site.assets.flatMap(\.evidence)
        classes = Dictionary(site.assets.map { ($0.name, $0.assetClass) }) { first, _ in first }
        for gate in Gate.allCases where gate != .hours {
            let said = evidence.filter { $0.gate == gate }.map(softened)
            guard let worst = said.max(by: Self.isLessGrave) else { continue }
            standings[gate] = standing(worst)
            if worst.state != .up, let blame = worst.check.blame, classes[blame.asset] == nil { blames[gate] = blame }
        }
        follow()
        standings[.hours] = Self.hours(site)
    }

    private func standing(_ evidence: Evidence) -> GateStanding {
        let state: GateStanding.State =
            switch evidence.state {
            case .up: .ok
            case .degraded: .degraded
            case .down: .down
            case .unknown: .unknown
            }
        return GateStanding(
            state, reason: evidence.outcome.reason, since: evidence.since, check: evidence.check.name,
            until: evidence.ends)
    }

    /// A failure beside which the same thing answers, or one of its kind, or what stands behind it, is half of one.
    private func softened(_ failure: Evidence) -> Evidence {
        guard case .down(let reason) = failure.outcome, failure.gate != .certificate else { return failure }
        let answers = evidence.contains { other in
            guard other.check != failure.check, other.answers(after: failure.since) else { return false }
            if other.asset == failure.asset {
                // An open port does not make a call, a call that is taken makes a device that is on.
                return other.gate == failure.gate || failure.gate == .codec && other.gate == .signalling
            }
            let isBehind = failure.gate == .line && other.depth > failure.depth
            return isBehind || other.gate == failure.gate && classes[other.asset] == classes[failure.asset]
        }
        guard answers else { return failure }
        var half = failure
        half.outcome = .degraded(reason)
        return half
    }

    /// Of equally grave words the one nearest to the outside, then the one that has lasted longest, counts. What nobody
    /// knows does not speak against what somebody does.
    private static func isLessGrave(_ left: Evidence, _ right: Evidence) -> Bool {
        let (first, second) = (gravity(left), gravity(right))
        guard first == second else { return first < second }
        guard left.depth == right.depth else { return left.depth > right.depth }
        // Of two that are well, the one that ends first.
        let (ends, end) = (left.ends ?? .latest, right.ends ?? .latest)
        guard ends == end else { return ends > end }
        let (since, begun) = (left.since ?? .latest, right.since ?? .latest)
        return since == begun ? left.check.name > right.check.name : since > begun
    }

    private static func gravity(_ evidence: Evidence) -> Int {
        switch evidence.state {
        case .down: 3
        case .degraded: 2
        case .up: 1
        case .unknown: 0
        }
    }

    /// What rests on something that is down says nothing of its own, unless it had failed before.
    private mutating func follow() {
        for gate in Gate.allCases {
            guard let standing = standings[gate],
                let root = gate.rests.first(where: { standings[$0]?.state == .down }), let cause = standings[root]
            else { continue }
            let began = cause.since ?? .earliest
            let isOlder = standing.state == .down && standing.since.map { $0 < began - Self.lead } ?? false
            if !isOlder {
                standings[gate] = GateStanding(.behind, since: cause.since, check: standing.check, behind: root)
            }
        }
        // Whoever takes no calls does not show a certificate either, nor tell whether it is registered.
        if let calls = standings[.signalling], calls.state == .down {
            for gate in [Gate.registration, .certificate] where standings[gate]?.state == .unknown {
                standings[gate] = GateStanding(
                    .behind, since: calls.since, check: standings[gate]?.check, behind: .signalling)
            }
        }
        if standings[.signalling]?.reason?.code.hasPrefix("certificate-") == true, standings[.certificate] != nil {
            standings[.signalling]?.state = .behind
            standings[.signalling]?.behind = .certificate
            standings[.signalling]?.reason = nil
        }
    }

    /// The codecs' time counts; where there is none, that of what leads there.
    private static func hours(_ site: ConferenceSite) -> GateStanding {
        let codecs = site.assets.filter { $0.part == .codec }
        let ways = site.assets.filter { if case .way = $0.part { true } else { false } }
        let kept = codecs.isEmpty ? ways : codecs
        guard !kept.isEmpty else { return .notWatched }
        let closed = kept.compactMap(\.outsideHours)
        if closed.count == kept.count, let first = closed.min(by: { ($0.until ?? .latest) < ($1.until ?? .latest) }) {
            return GateStanding(.outsideHours, until: first.until, name: first.name)
        }
        let works = (codecs + ways).compactMap(\.maintenance)
        let last = works.max { ($0.until ?? .latest, $1.name) < ($1.until ?? .latest, $0.name) }
        return last.map { GateStanding(.maintenance, until: $0.until, name: $0.name) } ?? GateStanding(.ok)
    }
}

extension Instant {
    fileprivate static let latest = Instant(microseconds: .max)
    fileprivate static let earliest = Instant(microseconds: .min / 2)
}
