import Inventory
import Testing
import Vocabulary

@Suite struct AssetStandingTests {
    private func check(_ part: String, _ outcome: Outcome?, since seconds: Int64? = 1) -> AssetStanding.Check {
        AssetStanding.Check(
            name: CheckName(asset: "web-1", part: part), outcome: outcome, since: seconds.map { Instant(seconds: $0) })
    }

    private let refused = Reason("refused", step: "connect", expected: "open", got: "closed")

    @Test func withoutAnAnswerNothingIsKnown() {
        #expect(AssetStanding(checks: []) == .notConfigured)
        #expect(AssetStanding(checks: [check("host", nil), check("tcp-22", nil)]) == .notConfigured)
    }

    @Test func surroundingsAloneSayNothing() {
        let checks = ["gateway", "gateway-6", "dns-1"].map { check($0, .down(refused)) }
        #expect(checks.allSatisfy { AssetStanding.isSurrounding($0.name) })
        #expect(AssetStanding(checks: checks) == .notConfigured)
        #expect(!AssetStanding.isSurrounding(CheckName(asset: "a", part: "gatewayd")))
        #expect(!AssetStanding.isSurrounding(CheckName(asset: "gateway", part: "host")))
    }

    @Test func theHostLeadsWhateverThePortsSay() {
        let down = Outcome.down(refused)
        #expect(
            AssetStanding(checks: [check("tcp-22", .up), check("host", down, since: 7)])
                == .known(down, since: Instant(seconds: 7)))
    }

    @Test func aFailingPortMakesAWellMachineDegradedAndIsNamed() {
        let standing = AssetStanding(
            checks: [check("host", .up), check("tcp-22", .up), check("tcp-80", .down(refused), since: 9)])
        let reason = Reason("refused", step: "tcp-80", expected: "open", got: "closed")
        #expect(standing == .known(.degraded(reason), since: Instant(seconds: 9)))
    }

    @Test func ofEquallyGraveOnesTheOldestIsNamed() throws {
        let standing = AssetStanding(
            checks: [
                check("host", .up), check("tcp-1", .degraded(refused), since: 1),
                check("tcp-2", .down(refused), since: 9),
                check("tcp-3", .down(refused), since: 5),
            ])
        guard case .known(let outcome, since: let since) = standing else {
            Issue.record("not known")
            return
        }
        #expect(outcome.reason?.step == "tcp-3" && since == Instant(seconds: 5))
    }

    @Test func whatCouldNotBeAskedDoesNotMakeAMachineIll() {
        let standing = AssetStanding(checks: [check("host", .up), check("tcp-80", .unknown(refused))])
        #expect(standing == .known(.up, since: Instant(seconds: 1)))
    }

    @Test func withoutAHostTheGravestLeads() {
        let down = Outcome.down(refused)
        #expect(
            AssetStanding(checks: [check("https", .up), check("tcp-80", down, since: 3)])
                == .known(down, since: Instant(seconds: 3)))
        #expect(AssetStanding(checks: [check("https", .up)]) == .known(.up, since: Instant(seconds: 1)))
    }
}
