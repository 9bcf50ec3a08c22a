import Conferences
import Testing
import Vocabulary

@Suite struct SiteReadinessTests {
    private let silent = Outcome.down(Reason("no-reply"))

    @Test func aSiteWithEverythingInOrderIsReady() {
        let site = SampleSite().readiness
        #expect(site.verdict == .ready)
        #expect(site.gate == nil)
        #expect(Gate.allCases.allSatisfy { site[$0].state == .ok })
        #expect(site[.certificate].until == at(86_400 * 100))
    }

    @Test func whatNobodyWatchesIsNotOk() {
        var sample = SampleSite(without: ["codec/sip", "codec/codec"])
        sample.ends = nil
        let site = sample.readiness
        #expect(site.verdict == .ready)
        for gate in [Gate.signalling, .registration, .certificate] { #expect(site[gate] == .notWatched) }
        let bare = SiteReadiness(ConferenceSite("a", level: "", assets: []))
        #expect(bare.verdict == .notWatched)
        #expect(Gate.allCases.allSatisfy { bare[$0] == .notWatched })
        var codecless = SampleSite()
        codecless.without = Set(SampleSite.checks.filter { $0.hasPrefix("codec") })
        #expect(codecless.readiness.verdict == .notWatched)
        #expect(codecless.readiness[.line].state == .ok)
    }

    @Test func behindACutLineNothingSpeaksForItself() {
        let site = SampleSite.cut().readiness
        #expect(site.verdict == .down)
        #expect(site.gate == .line)
        #expect(site.standing?.reason == Reason("unreachable"))
        #expect(site.standing?.since == at(500))
        for gate in [Gate.codec, .signalling, .registration, .certificate] {
            #expect(site[gate].state == .behind)
            #expect(site[gate].behind == .line)
            #expect(site[gate].reason == nil)
        }
        #expect(site[.hours].state == .ok)
    }

    @Test func whatFailedLongBeforeItsLineKeepsItsOwnFailure() {
        var sample = SampleSite.cut()
        sample.said["codec/sip"] = (.down(Reason("connection-refused")), 100)
        #expect(sample.readiness.gate == .line)
        #expect(sample.readiness[.signalling].state == .down)
        #expect(sample.readiness[.signalling].reason?.code == "connection-refused")
    }

    @Test func aLineBehindWhichSomethingAnswersIsNotDown() {
        var sample = SampleSite()
        sample.said["line/icmp"] = (silent, 500)
        #expect(sample.readiness[.line].state == .degraded)
        #expect(sample.readiness[.codec].state == .ok)
        // What answered only before the failure proves nothing.
        sample.asked = 499
        #expect(sample.readiness[.line].state == .down)
        #expect(sample.readiness[.codec].state == .behind)
    }

    @Test func aRouterThatIsGoneWithItsLineWellTakesTheCodecWithIt() {
        var sample = SampleSite.cut()
        sample.said["line/icmp"] = nil
        let site = sample.readiness
        #expect(site[.line].state == .down)
        #expect(site[.line].check?.rawValue == "gateway/icmp")
        #expect(site[.codec].behind == .line)
    }

    @Test func aCodecThatIsOffIsToldFromOneThatHangs() {
        var off = SampleSite()
        for check in ["codec/icmp", "codec/http", "codec/sip", "codec/codec"] { off.said[check] = (silent, 500) }
        #expect(off.readiness.gate == .codec)
        #expect(off.readiness[.line].state == .ok)
        #expect(off.readiness[.signalling].behind == .codec)
        var hung = off
        hung.said["codec/icmp"] = nil
        #expect(hung.readiness.gate == .signalling)
        #expect(hung.readiness[.codec].state == .degraded)
        #expect(hung.readiness[.registration].behind == .signalling)
    }

    @Test func lossyWaysAreOfTheLineWhoeverMeasuresThem() {
        var sample = SampleSite()
        sample.said["codec/icmp"] = (.degraded(Reason("high-jitter")), 500)
        #expect(sample.readiness.gate == .line)
        #expect(sample.readiness.verdict == .degraded)
        #expect(sample.readiness[.codec].state == .ok)
        sample.without = ["line/icmp", "gateway/icmp"]
        #expect(sample.readiness.gate == .line)
    }

    @Test(arguments: ["codec/codec", "codec/sip"])
    func registrationIsAGateOfItsOwn(check: String) {
        var sample = SampleSite()
        sample.said[check] = (.degraded(Reason("not-registered")), 500)
        let site = sample.readiness
        #expect(site.gate == .registration)
        #expect(site.verdict == .degraded)
        #expect(site[.codec].state == .ok)
        #expect(site[.signalling].state == .ok)
    }

    @Test func aRegistrarIsAskedForRegistrationsAlone() {
        var sample = SampleSite(method: "register")
        sample.said["codec/sip"] = (.down(Reason("not-registered")), 500)
        sample.without = ["codec/codec"]
        #expect(sample.readiness[.registration].state == .down)
        #expect(sample.readiness[.signalling] == .notWatched)
    }

    @Test func aDeviceWithAGraverTroubleStillSaysThatItIsNotRegistered() {
        var sample = SampleSite()
        sample.said["codec/codec"] = (.degraded(Reason("camera-missing")), 500)
        #expect(sample.readiness.gate == .codec)
        #expect(sample.readiness[.registration].state == .ok)
        sample.registered = false
        #expect(sample.readiness[.registration].state == .degraded)
    }

    @Test(arguments: ["certificate-expiring", "certificate-expired", "certificate-anything"], ["sip", "http", "tls"])
    func certificatesAreReadFromWhicheverCheckSpeaksOfThem(code: String, kind: String) {
        let check = ConferenceSite.Check(
            CheckName(asset: "codec", part: kind), kind: ProbeKind(rawValue: kind), outcome: .degraded(Reason(code)),
            since: at(5), asked: at(6), last: .degraded, certificateEnds: at(9))
        for assetClass in ["codec", "server", "certificate", "router"] {
            var site = SampleSite().site
            site.assets.append(ConferenceSite.Asset("thing", assetClass: assetClass, checks: [check]))
            let readiness = SiteReadiness(site)
            #expect(readiness.gate == .certificate)
            #expect(readiness[.certificate].reason?.code == code)
            #expect(readiness[.certificate].until == at(9))
            #expect(Gate.allCases.allSatisfy { $0 == .certificate || readiness[$0].state == .ok })
        }
    }

    @Test func aBadCertificateThatStopsCallsIsTheirCause() {
        var sample = SampleSite()
        sample.said["codec/sip"] = (.down(Reason("certificate-expired", step: "tls")), 500)
        #expect(sample.readiness.gate == .certificate)
        #expect(sample.readiness.verdict == .down)
        #expect(sample.readiness[.signalling].behind == .certificate)
    }

    @Test func unknownIsNotDown() {
        var sample = SampleSite()
        for check in SampleSite.checks { sample.said[check] = (.unknown(Reason("agent-silent")), 500) }
        let site = sample.readiness
        #expect(site.verdict == .unknown)
        #expect(site.gate == .line)
        #expect(Gate.allCases.filter { $0 != .hours }.allSatisfy { site[$0].state == .unknown })
        // One who cannot see does not contradict another who can.
        sample.said = ["codec/http": (.unknown(Reason("no-sockets")), 500)]
        #expect(sample.readiness.verdict == .ready)
    }

    @Test func notYetAskedIsUnknown() {
        var site = SampleSite().site
        for asset in site.assets.indices {
            for check in site.assets[asset].checks.indices { site.assets[asset].checks[check].outcome = nil }
        }
        #expect(SiteReadiness(site).verdict == .unknown)
        #expect(SiteReadiness(site).standing?.reason?.code == "not-yet-asked")
    }

    @Test func hoursAndWorkAreNoTrouble() {
        var sample = SampleSite.cut()
        sample.codecPauses.maintenance = .init("thay-cap", until: at(9000))
        #expect(sample.readiness.verdict == .maintenance)
        #expect(sample.readiness.gate == .hours)
        #expect(sample.readiness[.hours].name == "thay-cap")
        #expect(sample.readiness[.line].state == .down)
        sample.codecPauses.outsideHours = .init("meetings", until: at(7000))
        #expect(sample.readiness.verdict == .outsideHours)
        #expect(sample.readiness[.hours].until == at(7000))
    }

    @Test func whatStandsElsewhereIsToBlame() {
        var sample = SampleSite.cut()
        let carrier = ConferenceSite.Blame("carrier-3", incident: 7)
        sample.blames = ["line/icmp": carrier, "codec/icmp": carrier]
        #expect(sample.readiness.blame == carrier)
        // Of its own site it is no news.
        sample.blames = ["line/icmp": .init("gateway", incident: 7)]
        #expect(sample.readiness.blame == nil)
        #expect(SampleSite().readiness.blame == nil)
    }

    @Test func anotherCodecOrProtocolThatAnswersMakesItHalfAFailure() {
        var sample = SampleSite()
        sample.said["codec/sip"] = (.down(Reason("connection-refused")), 500)
        var site = sample.site
        #expect(SiteReadiness(site).verdict == .down)
        let h323 = ConferenceSite.Check(
            CheckName(rawValue: "codec/h323"), kind: "h323", outcome: .up, since: at(0), asked: at(1000), last: .up)
        site.assets.append(ConferenceSite.Asset("codec-2", assetClass: "codec", checks: [h323]))
        #expect(SiteReadiness(site).verdict == .degraded)
        #expect(SiteReadiness(site).gate == .signalling)
    }
}
