import Inventory
import Testing
import Vocabulary

@Suite struct SiteStandingTests {
    private let refused = Reason("refused", step: "connect")
    private let slow = Reason("slow")

    private func asset(
        _ name: String, _ outcome: Outcome?, since seconds: Int64? = 1, isReachable: Bool = true
    ) -> SiteStanding.Asset {
        SiteStanding.Asset(
            name: name, isReachable: isReachable,
            standing: outcome.map { .known($0, since: seconds.map { Instant(seconds: $0) }) } ?? .notConfigured)
    }

    @Test func withoutAnAddressItIsGrey() {
        #expect(SiteStanding(assets: []) == .noAddress)
        let bare = [asset("a", nil, isReachable: false), asset("b", nil, isReachable: false)]
        #expect(SiteStanding(assets: bare) == .noAddress)
    }

    @Test func anAddressThatHasNotAnsweredYetIsUnknownAndNotDown() {
        let assets = [asset("b", nil), asset("c", nil), asset("a", nil, isReachable: false)]
        #expect(
            SiteStanding(assets: assets) == .known(.unknown(SiteStanding.notYetAsked), since: nil, asset: "b"))
        #expect(SiteStanding(assets: assets + [asset("d", .up)]) == .known(.up, since: Instant(seconds: 1), asset: "d"))
    }

    @Test func theGravestAssetSpeaks() {
        let assets = [
            asset("a", .up), asset("b", .unknown(slow)), asset("c", .down(refused), since: 9),
            asset("d", .degraded(slow)),
        ]
        #expect(SiteStanding(assets: assets) == .known(.down(refused), since: Instant(seconds: 9), asset: "c"))
        #expect(
            SiteStanding(assets: assets.filter { $0.name != "c" })
                == .known(.degraded(slow), since: Instant(seconds: 1), asset: "d"))
    }

    @Test func theSameAssetsGiveTheSameStandingInAnyOrder() {
        var assets = [
            asset("a", .down(slow), since: 7), asset("b", .down(refused), since: 3), asset("c", .down(slow), since: 3),
            asset("d", .down(slow), since: nil), asset("e", .up), asset("f", nil, isReachable: false),
        ]
        let expected = SiteStanding.known(.down(refused), since: Instant(seconds: 3), asset: "b")
        for _ in 0..<50 {
            assets.shuffle()
            #expect(SiteStanding(assets: assets) == expected)
        }
    }
}
