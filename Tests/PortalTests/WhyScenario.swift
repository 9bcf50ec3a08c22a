import Courier
import Detection
import Storage
import Testing
import Vocabulary

/// A problem or a silence, and the one input of it that is altered.
struct WhyScenario: Sendable, CustomTestStringConvertible {
    let name: String
    /// What happens, and what is different when it is altered.
    let story, altered: String
    let check: String
    /// Verdicts of the lines that the alteration takes away, and of those it brings; all others stay as they are.
    let gone, come: [String]
    var isVietnamese = false
    let play: @Sendable (_ isAltered: Bool) async throws -> Rehearsal

    var testDescription: String { name }

    private static func status(_ code: String) -> Outcome {
        .down(Reason("status", step: "response", expected: "200", got: code))
    }
    private static let silent = Outcome.down(Reason("no-reply", expected: "an echo reply", got: "nothing"))

    static let all = [
        WhyScenario(
            name: "outage-told", story: "A service fails for five minutes.", altered: "It answers 500, not 503.",
            check: "portal/http", gone: ["observed"], come: ["observed"], isVietnamese: true
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("portal/http", "service")
            try await rehearsal.sees(status(isAltered ? "500" : "503"), "portal/http", at: 0)
            try await rehearsal.sees(.up, "portal/http", at: 300)
            return rehearsal
        },
        WhyScenario(
            name: "brief-cut", story: "A cut of ten seconds.", altered: "It lasts eleven.", check: "codec/icmp",
            gone: ["observed", "resolved", "brief", "over"], come: ["observed", "resolved", "brief", "over"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("codec/icmp", "codec")
            try await rehearsal.sees(silent, "codec/icmp", at: 0)
            try await rehearsal.sees(.up, "codec/icmp", at: isAltered ? 11 : 10)
            return rehearsal
        },
        WhyScenario(
            name: "lossy-line", story: "A line loses packets.", altered: "It may lose 5 %.", check: "line/icmp",
            gone: ["observed"], come: ["observed"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("line/icmp", "line")
            let expected = "\(isAltered ? 5 : 2) % lost at most"
            try await rehearsal.sees(
                .degraded(Reason("packet-loss", expected: expected, got: "14 of 60 lost")), "line/icmp", at: 0)
            try await rehearsal.pass(to: 60)
            return rehearsal
        },
        WhyScenario(
            name: "held-by-parent", story: "A codec's line is cut.", altered: "No link is declared.",
            check: "codec/icmp", gone: ["caused"], come: ["waits"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("line/icmp", "line")
            try rehearsal.add("codec/icmp", "codec", via: isAltered ? nil : "line")
            try await rehearsal.sees(silent, "line/icmp", "codec/icmp", at: 0)
            try await rehearsal.pass(to: 60)
            return rehearsal
        },
        WhyScenario(
            name: "parent-in-maintenance", story: "A codec fails while its line is in maintenance.",
            altered: "The maintenance lasts an hour longer.", check: "codec/icmp", gone: ["cause-quiet"],
            come: ["cause-quiet"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("line/icmp", "line")
            try rehearsal.add("codec/icmp", "codec", via: "line")
            try rehearsal.maintain("line", minutes: isAltered ? 120 : 60)
            try await rehearsal.sees(silent, "codec/icmp", at: 0)
            try await rehearsal.pass(to: 60)
            return rehearsal
        },
        WhyScenario(
            name: "own-maintenance", story: "A server fails in its maintenance.", altered: "There is no maintenance.",
            check: "web/icmp", gone: ["in-maintenance"], come: ["opened", "waits", "told-problem", "delivered"],
            isVietnamese: true
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("web/icmp")
            if !isAltered { try rehearsal.maintain("web", minutes: 60) }
            try await rehearsal.sees(silent, "web/icmp", at: 0)
            try await rehearsal.pass(to: 60)
            return rehearsal
        },
        WhyScenario(
            name: "outside-hours", story: "A codec fails outside its hours.", altered: "They begin an hour later.",
            check: "codec/icmp", gone: ["outside-hours"], come: ["outside-hours"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            let rule = try DayRule("mon-fri \(isAltered ? 14 : 13):00-17:00")
            try HoursStore(rehearsal.connection).put(Hours(name: "meetings", times: Timetable(rules: [rule])))
            try rehearsal.add("codec/icmp", "codec", hours: "meetings")
            try await rehearsal.sees(silent, "codec/icmp", at: 0)
            try await rehearsal.pass(to: 60)
            return rehearsal
        },
        WhyScenario(
            name: "flapping-folded", story: "A service comes and goes.", altered: "`flapping: tell`, each by itself.",
            check: "portal/http", gone: ["flapping", "settles"], come: ["resolved", "brief", "over"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("portal/http", "service", flapping: isAltered ? .tell : .fold)
            try await rehearsal.sees(.up, "portal/http", at: -10)
            for flip in 0..<3 as Range<Int64> {
                try await rehearsal.sees(status("503"), "portal/http", at: 40 * flip)
                try await rehearsal.sees(.up, "portal/http", at: 40 * flip + 20)
            }
            return rehearsal
        },
        WhyScenario(
            name: "joined-by-site", story: "Two things fail at one site at one time.", altered: "They stand apart.",
            check: "codec/icmp", gone: ["joined"], come: []
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("router/icmp", "router", site: "hall")
            try rehearsal.add("codec/icmp", "codec", site: isAltered ? "annex" : "hall")
            try await rehearsal.sees(silent, "router/icmp", "codec/icmp", at: 0)
            try await rehearsal.pass(to: 60)
            return rehearsal
        },
        WhyScenario(
            name: "agent-silent", story: "An agent falls silent: what it asks is unknown.",
            altered: "It was heard four seconds later.", check: "portal/http", gone: ["unheard"], come: ["unheard"]
        ) { isAltered in
            var rehearsal = try Rehearsal(listens: true)
            try rehearsal.add("portal/http", "service")
            try await rehearsal.sees(.up, "portal/http", at: 0)
            if isAltered { try rehearsal.heard(at: 6) }
            try await rehearsal.pass(to: 40)
            return rehearsal
        },
        WhyScenario(
            name: "low-waits", story: "Something unimportant fails.", altered: "It is of normal importance.",
            check: "printer/icmp", gone: ["waits"], come: ["waits", "told-problem", "delivered"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("printer/icmp", importance: isAltered ? .normal : .low)
            try await rehearsal.sees(silent, "printer/icmp", at: 0)
            try await rehearsal.pass(to: 600)
            return rehearsal
        },
        WhyScenario(
            name: "fallback-took-it", story: "The first channel refuses the message, the second takes it.",
            altered: "The first takes it.", check: "web/icmp", gone: ["delivered"], come: ["delivered"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("web/icmp")
            try rehearsal.route(
                "on-duty", [.normal], isAltered ? .delivered : .refused(problem: "the receiver said 404"),
                second: .delivered)
            try await rehearsal.sees(silent, "web/icmp", at: 0)
            try await rehearsal.pass(to: 60)
            return rehearsal
        },
        WhyScenario(
            name: "no-route", story: "No route is for what is core.", altered: "One is.", check: "web/icmp",
            gone: ["no-route"], come: ["delivered"]
        ) { isAltered in
            var rehearsal = try Rehearsal()
            try rehearsal.add("web/icmp", importance: .core)
            try rehearsal.route("on-duty", isAltered ? [.core] : [.normal])
            try await rehearsal.sees(silent, "web/icmp", at: 0)
            try await rehearsal.pass(to: 60)
            return rehearsal
        },
    ]
}
