import Testing
import Vocabulary
import WebUI

/// Announced work, hours and the month's report on their pages.
@Suite struct CalendarPageTests {
    private func html(_ page: some Page, _ language: Language = .english, isAdministrator: Bool = true) -> String {
        var viewer = Samples.viewer(language)
        viewer.isAdministrator = isAdministrator
        return page.html(for: viewer)
    }

    @Test func workIsUnderItsStageWithWhatItIsFor() throws {
        let html = html(Samples.maintenance)
        let active = try #require(html.firstRange(of: "id=\"active\""))
        let planned = try #require(html.firstRange(of: "id=\"planned\""))
        let now = html[active.upperBound..<planned.lowerBound]
        #expect(now.contains("thay-router-3") && now.contains("ends 2023-04-05 14:37:08") && now.contains("End now"))
        #expect(now.contains("href=\"/sites/xa-3\"") && now.contains("4 assets"))
        let next = html[planned.upperBound...]
        #expect(next.contains("<code>last day 22:00-02:00</code>") && next.contains("action=\"/maintenance/"))
        #expect(html.contains("From and until are missing"))
        #expect(html.contains("value=\"2023-04-06T22:00\""))
    }

    @Test func readersAreOfferedNothingThatTheyMayNotDo() {
        let html = html(Samples.maintenance, isAdministrator: false)
        #expect(html.contains("thay-router-3"))
        #expect(!html.contains("action=\"/maintenance"))
    }

    @Test func anAssetAndASiteSayWhyNobodyIsCalled() {
        var asset = Samples.emptyAsset
        asset.exemptions = Samples.exemptions
        #expect(html(asset).contains("In maintenance until 2023-04-05 14:37:08: thay-router-3 (2 of 4 assets)"))
        #expect(html(asset).contains("Outside its hours, no end in sight: hop"))
        asset.hours = Named("hop", title: "Giờ họp")
        #expect(html(asset).contains("<dd>Giờ họp</dd>") && html(asset).contains("?asset=codec-xa-ca-na#add"))
        var overview = Samples.emptyOverview
        overview.troubles = [
            .init(
                asset: "a", site: "", standing: .down, reason: nil, since: Samples.now,
                exemption: .init(.maintenance("work"), until: nil))
        ]
        #expect(html(overview).contains("In maintenance, no end in sight: work"))
        var site = Samples.emptySite
        site.exemptions = Samples.exemptions
        #expect(html(site, .vietnamese).contains("Đang bảo trì đến 05/04/2023 14:37:08: thay-router-3"))
    }

    @Test func theReportRoundsDownAndSaysWhatItIsOf() {
        let english = html(Samples.availability)
        #expect(english.contains("<h1>Availability in 2023-03</h1>") && english.contains("99.876\u{202F}%"))
        #expect(english.contains("722:13:20") && english.contains("Revised: was unknown until late data arrived."))
        #expect(english.contains("href=\"/availability.csv?month=2023-03&amp;by=site\""))
        #expect(english.contains("÷ (up + degraded + down)"))
        var long = Samples.availability
        long.furtherRows = 1500
        #expect(html(long).contains("1,500 more are in the CSV") && !english.contains("more are in the CSV"))
        #expect(html(Samples.availability, .vietnamese).contains("tháng 03/2023"))
        #expect(html(Samples.emptyAvailability).contains("The month is not over"))
        #expect(!html(Samples.emptyAvailability).contains("rel=\"next\""))
    }
}
