import Conferences
import Vocabulary
import WebUI

/// A conference with every kind of trouble, and what is said of it.
extension Samples {
    /// Which check says what of a site that is otherwise in order, under the name of the trouble.
    static let troubles: [(name: String, check: String, outcome: Outcome)] = [
        ("cut", "line/icmp", .down(Reason("unreachable"))), ("dark", "line/icmp", .down(Reason("no-reply"))),
        ("lossy", "line/icmp", .degraded(Reason("packet-loss", got: "20 of 100 lost"))),
        ("slow", "codec/icmp", .degraded(Reason("high-latency"))),
        ("unsteady", "codec/icmp", .degraded(Reason("high-jitter"))),
        ("flaps", "line/icmp", .degraded(Reason("flapping"))), ("off", "codec/icmp", .down(Reason("no-reply"))),
        ("hangs", "codec/sip", .down(Reason("no-answer", step: "response"))),
        ("closed", "codec/sip", .down(Reason("connection-refused", step: "connect"))),
        ("stopped", "codec/sip", .degraded(Reason("overloaded"))),
        ("unregistered", "codec/codec", .degraded(Reason("not-registered"))),
        ("blind", "codec/codec", .degraded(Reason("camera-missing", step: "camera"))),
        ("expired", "codec/sip", .degraded(Reason("certificate-expired", step: "tls"))),
        ("expiring", "codec/sip", .degraded(Reason("certificate-expiring", step: "tls"))),
        ("unseen", "codec/icmp", .unknown(Reason("agent-silent"))),
        ("elsewhere", "codec/sip", .down(Reason("a-code-from-elsewhere"))),
    ]

    static func conferenceSite(
        _ name: String, level: String = "commune", _ said: [String: Outcome] = [:],
        blame: ConferenceSite.Blame? = nil, maintenance: ConferenceSite.Pause? = nil,
        outsideHours: ConferenceSite.Pause? = nil
    ) -> ConferenceSite {
        func check(_ check: String, _ kind: ProbeKind) -> ConferenceSite.Check {
            let isUnseen = said.values.contains { $0.state == .unknown }
            let outcome = said[check] ?? (isUnseen ? said.values.first : nil) ?? .up
            return ConferenceSite.Check(
                CheckName(rawValue: check), kind: kind, outcome: outcome, since: now - .seconds(600),
                // What was asked before a failure proves nothing against it.
                asked: now - .seconds(outcome == .up ? 601 : 1), last: outcome.state,
                isRegistered: kind == "codec" ? true : nil,
                certificateEnds: kind == "sip" ? now + .seconds(86_400 * 5) : nil, blame: blame)
        }
        return ConferenceSite(
            name, level: level,
            assets: [
                .init("line", assetClass: "line", checks: [check("line/icmp", "icmp")]),
                .init(
                    "codec", assetClass: "codec",
                    checks: [check("codec/icmp", "icmp"), check("codec/sip", "sip"), check("codec/codec", "codec")],
                    maintenance: maintenance, outsideHours: outsideHours),
            ])
    }

    static let conferenceSites: [ConferenceSite] =
        troubles.map { conferenceSite($0.name, [$0.check: $0.outcome]) }
        + (1...3).map {
            conferenceSite(
                "shared-\($0)", level: "district", ["line/icmp": .down(Reason("no-reply"))],
                blame: .init("carrier-3", incident: 12))
        } + [
            conferenceSite("works", maintenance: .init("thay-cap", until: now + .seconds(5400))),
            conferenceSite(
                "closed-now", level: "province", outsideHours: .init("meetings", until: now + .seconds(9000))),
            conferenceSite("well", level: "department"), ConferenceSite("bare", level: "", assets: []),
        ]

    static let conference: ConferencePage = {
        let levels = ["province", "department", "district", "commune"]
        let conference = Conference(conferenceSites, levels: levels)
        return ConferencePage(
            conference: conference, levels: levels,
            rows: conference.sites.map { site in
                ConferencePage.Row(
                    Named(site.site, title: "Xã \(site.site)"), site,
                    sharing: site.blame.flatMap { conference.shared[$0] } ?? 0,
                    contact: site.level == "commune" ? phone : nil)
            }, newestData: now - .seconds(2))
    }()
    static let emptyConference = ConferencePage(conference: Conference([], levels: []), levels: [], rows: [])
    static let conferenceNone = ConferencePage(
        query: .init(text: "x", level: "commune", verdict: .down, gate: .line), conference: conference.conference,
        levels: conference.levels, rows: [], newestData: now - .seconds(4000))
}
