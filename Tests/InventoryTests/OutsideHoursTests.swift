import Inventory
import Testing
import Vocabulary

@Suite struct OutsideHoursTests {
    private let morning = Instant(seconds: 100)

    private func asset(_ name: String, _ standing: AssetStanding) -> SiteStanding.Asset {
        SiteStanding.Asset(name: name, isReachable: true, standing: standing)
    }

    @Test func whatIsNotExpectedToBeOnIsGreyWhateverItIs() {
        let down = AssetStanding.known(.down(Reason("timeout")), since: nil)
        #expect(down.outsideHours(until: morning) == .outsideHours(until: morning))
        #expect(AssetStanding.notConfigured.outsideHours(until: nil) == .notConfigured)
    }

    @Test func aSiteIsWhatItsOpenAssetsAre() {
        let resting = asset("a", .outsideHours(until: morning))
        let up = asset("b", .known(.up, since: nil))
        #expect(SiteStanding(assets: [resting, up]) == .known(.up, since: nil, asset: "b"))
        #expect(
            SiteStanding(assets: [
                resting, asset("c", .outsideHours(until: morning - .seconds(9))), asset("d", .notConfigured),
            ])
                == .outsideHours(until: morning - .seconds(9)))
        #expect(SiteStanding(assets: [asset("a", .outsideHours(until: nil))]) == .outsideHours(until: nil))
    }
}
