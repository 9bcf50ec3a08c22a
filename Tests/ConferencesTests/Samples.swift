import Conferences
import Vocabulary

/// A moment, in seconds after the first.
func at(_ seconds: Int64) -> Instant { Instant(seconds: 1_700_000_000 + seconds) }

/// A site with everything: a line, a router, a codec; each check says what it is told to, the rest is up.
struct SampleSite {
    var name = "xa-an-tay"
    var level = "commune"
    var said: [String: (outcome: Outcome, since: Int64)] = [:]
    /// Checks that are not there.
    var without: Set<String> = []
    var method = ""
    var blames: [String: ConferenceSite.Blame] = [:]
    var codecPauses: (maintenance: ConferenceSite.Pause?, outsideHours: ConferenceSite.Pause?) = (nil, nil)
    var registered: Bool? = true
    var ends: Instant? = at(86_400 * 100)
    /// When everything was asked last.
    var asked: Int64 = 1000

    static let checks = ["line/icmp", "gateway/icmp", "codec/icmp", "codec/http", "codec/sip", "codec/codec"]
    static let classes = ["line": "line", "gateway": "router", "codec": "codec"]

    func check(_ name: String) -> ConferenceSite.Check {
        let kind = String(name.drop { $0 != "/" }.dropFirst())
        let (outcome, since) = said[name] ?? (.up, 0)
        return ConferenceSite.Check(
            CheckName(rawValue: name), kind: ProbeKind(rawValue: kind), method: kind == "sip" ? method : "",
            outcome: outcome, since: at(since), asked: at(asked), last: outcome.state,
            isRegistered: kind == "codec" ? registered : nil, certificateEnds: kind == "sip" ? ends : nil,
            blame: blames[name])
    }

    var site: ConferenceSite {
        let byAsset = Dictionary(grouping: Self.checks.filter { !without.contains($0) }) { $0.prefix { $0 != "/" } }
        let assets = byAsset.sorted { $0.key < $1.key }.map { asset, names in
            ConferenceSite.Asset(
                String(asset), assetClass: Self.classes[String(asset)] ?? "", checks: names.map(check),
                maintenance: asset == "codec" ? codecPauses.maintenance : nil,
                outsideHours: asset == "codec" ? codecPauses.outsideHours : nil)
        }
        return ConferenceSite(name, level: level, assets: assets)
    }

    var readiness: SiteReadiness { SiteReadiness(site) }

    /// Where the site is cut off, all of it since then.
    static func cut(since: Int64 = 500) -> SampleSite {
        var site = SampleSite()
        for check in checks { site.said[check] = (.down(Reason("no-reply")), since) }
        site.said["line/icmp"] = (.down(Reason("unreachable")), since)
        return site
    }
}
