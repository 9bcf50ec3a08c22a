import Testing
import Vocabulary
import WebUI

@Suite struct PageTests {
    static let names = Samples.pages.map(\.name)

    static func html(_ name: String, _ language: Language = .english) throws -> String {
        let sample = try #require(Samples.pages.first { $0.name == name })
        return sample.page.html(for: Samples.viewer(language, user: sample.isSignedIn ? "mai.tran" : nil))
    }

    @Test(arguments: names, Language.allCases)
    func everyPageIsWhole(_ name: String, _ language: Language) throws {
        let html = try Self.html(name, language)
        #expect(html.hasPrefix("<!doctype html>"))
        #expect(html.contains("<html lang=\"\(language.rawValue)\""))
        #expect(html.contains("</html>"))
        #expect(!html.contains("{{"))
        #expect(!html.contains("Optional("))
        let mains = html.matches(of: /<main\s/).count
        let headings = html.matches(of: /<h1>[^<]+<\/h1>/).count
        #expect(mains == 1)
        #expect(headings == 1)
        #expect(html.contains("class=\"skip\" href=\"#main\""))
    }

    @Test(arguments: names)
    func tagsAreBalanced(_ name: String) throws {
        let void: Set<Substring> = ["col", "meta", "link", "input", "img", "!doctype"]
        var open: [Substring] = []
        for match in try Self.html(name).matches(of: /<(\/?)([!a-z0-9]+)[^>]*?(\/?)>/) where !void.contains(match.2) {
            if match.3 == "/" { continue }
            if match.1 == "/" {
                #expect(open.popLast() == match.2)
            } else {
                open.append(match.2)
            }
        }
        #expect(open == [])
    }

    @Test(arguments: names)
    func idsAreUnique(_ name: String) throws {
        let ids = try Self.html(name).matches(of: /\sid="([^"]*)"/).map(\.1)
        #expect(Set(ids).count == ids.count)
    }

    @Test(arguments: names)
    func everyLinkLeadsSomewhereKnown(_ name: String) throws {
        let known =
            #/
            / | /assets(/[A-Za-z0-9._~%\-]+(/packages)?)?(\?[A-Za-z0-9._~%=&\-]+)? | /alerts | /findings(/[0-9]+/(acknowledge|close))? | /agents | /password | /sign-in
            | /incidents/[0-9]+(/(acknowledge|release|comments))?
            | /conference(\?[A-Za-z0-9._~%=&\-]+)? | \#sign-[a-z-]+
            | /sites(/[A-Za-z0-9._~%\-]+)?(\?[A-Za-z0-9._~%=&\-]+)? | /totals(\?show=value)?
            | /maintenance(/[A-Za-z0-9._~%\-]+/end)?(\?[A-Za-z0-9._~%=&\-]+)?(\#add)?
            | /availability(\.csv)?(\?[A-Za-z0-9._~%=&\-]+)?
            | /sign-out | /audit(\?(before|after)=[0-9]+)? | /preferences | \#main | \#add
            | /static/haidang\.(css|js|svg)\?v=[a-z0-9]+
            | tel:\+?[0-9]+ | mailto:[a-z@.]+ | geo:[0-9.,\-]+ | https?://.+
            /#
        for match in try Self.html(name).matches(of: /(?:href|src|action)="([^"]*)"/) {
            let address = match.1.replacing("&amp;", with: "&")
            #expect(address.wholeMatch(of: known) != nil, "\(address)")
        }
    }

    @Test(arguments: names)
    func nothingIsInline(_ name: String) throws {
        let html = try Self.html(name)
        #expect(!html.contains("style="))
        #expect(!html.contains("<style"))
        let scripts = html.matches(of: /<script(?![^>]*\ssrc=)/).count
        let handlers = html.matches(of: /\son[a-z]+="/).count
        #expect(scripts == 0)
        #expect(handlers == 0)
    }

    @Test(arguments: names)
    func everyPostCarriesTheToken(_ name: String) throws {
        let html = try Self.html(name)
        let forms = html.matches(of: /<form method="post"/).count
        let tokens = html.matches(of: /<input type="hidden" name="csrf" value="t0ken">/).count
        #expect(forms == tokens)
    }

    @Test func theOverviewSaysWhatWhereSinceWhenWhyAndWhomToCall() throws {
        let html = try Self.html("overview")
        #expect(html.contains("<h1>7 things are in trouble</h1>"))
        #expect(html.contains("UBND xã An Bình"))
        #expect(html.contains("2023-04-05 13:03:58"))
        #expect(html.contains("3 min ago"))
        #expect(html.contains("The status is not the expected one (awaiting the answer)"))
        #expect(html.contains("502 Bad Gateway"))
        #expect(html.contains("href=\"tel:0912345678\""))
        #expect(html.contains("120 sites, no address yet"))
        #expect(try Self.html("overview", .vietnamese).contains("120 điểm cầu, chưa có địa chỉ"))
    }

    @Test func nothingBrokenIsSaidInWords() throws {
        var page = Samples.emptyOverview
        page.counts = [.up: 3]
        page.newestData = Samples.now
        #expect(page.html(for: Samples.viewer(.english)).contains("<h1>Nothing is broken</h1>"))
    }

    @Test func withoutAnythingToWatchNothingIsClaimed() throws {
        let html = try Self.html("overview-empty")
        #expect(html.contains("<h1>Waiting for the first data</h1>"))
        #expect(html.contains("No data has arrived yet."))
    }

    @Test func calmOverStaleDataIsNotCalm() {
        var page = Samples.emptyOverview
        page.counts = [.up: 3]
        page.newestData = Samples.now - .seconds(600)
        let html = page.html(for: Samples.viewer(.english))
        #expect(html.contains("age old"))
        #expect(html.contains("The data is old: 10 min ago."))
        #expect(!html.contains("headline calm"))
        #expect(!html.contains("<h1>Nothing is broken</h1>"))
    }

    @Test func aSystemThatHasJustBegunWaitsCalmly() {
        var page = Samples.emptyOverview
        page.counts = [.notConfigured: 1]
        let html = page.html(for: Samples.viewer(.english))
        #expect(html.contains("<h1>Waiting for the first data</h1>"))
        #expect(html.contains("headline calm"))
        #expect(!html.contains("age old"))
        #expect(!html.contains("no address yet"))
        page.troubles = [.init(asset: "a", site: "", standing: .down, reason: nil, since: Samples.now)]
        #expect(page.html(for: Samples.viewer(.english)).contains("<h1>One thing is in trouble</h1>"))
    }

    @Test func packagesAreOnAPageOfTheirOwn() throws {
        let asset = try Self.html("asset")
        #expect(
            asset.contains("<a href=\"/assets/web-1/packages\">Packages</a> <span class=\"grey\">1,104 packages</span>")
        )
        let html = try Self.html("packages")
        #expect(html.contains("<p class=\"age\">500 packages</p>"))
        #expect(html.matches(of: /<tr><th scope="row">/).count == 100)
        #expect(html.contains("<th scope=\"row\">lib100</th>"))
        #expect(html.contains("<td data-label=\"Architecture\">amd64</td>"))
        #expect(html.contains("<code>1.100-2</code>"))
        #expect(html.contains("href=\"/assets/web-1/packages?page=3\""))
        let found = PackagesPage(
            asset: "web-1", query: "lib7", page: 9, packages: PackagesPage.Row.rows(of: Samples.packageFacts)
        ) { $0.name == "lib7" }
        #expect(found.html(for: Samples.viewer(.english)).contains("1 of 500 packages"))
        #expect(found.page == 1)
    }

    @Test func theNewsOfAnAssetLeaveOutWhatIsLongAndSlow() throws {
        var page = Samples.asset
        let whole = page.html(for: Samples.viewer(.english))
        page.isBrief = true
        let brief = page.html(for: Samples.viewer(.english))
        #expect(brief.contains(" data-brief></div>"))
        #expect(brief.contains("<div data-kept=\"rest\" data-brief></div>"))
        #expect(brief.contains("<h2 id=\"checks\">"))
        #expect(!brief.contains("<svg class=\"chart-drawing"))
        #expect(brief.utf8.count < 10_000)
        let marks = whole.matches(of: /<div data-kept="[a-z]+"/).count
        #expect(marks == 2)
    }

    /// Seven charts with all the lines and points they may have, and long facts and history.
    @Test func theFullestAssetStaysSmall() {
        var page = Samples.asset
        let (start, end) = (Samples.now - .seconds(3600), Samples.now)
        page.charts = KnownSubject.allCases.map { subject in
            let series = (0..<8).map { line in
                let points = (0..<3600).map { second in
                    ChartPoint(start + .seconds(second), Double((second * 7919 + line * 104_729) % 997) / 997)
                }
                return ChartSeries(
                    name: "line-\(line)", points: points.thinned(to: Chart.points, from: start, until: end))
            }
            return Chart(subject: .known(subject), unit: .ratio, from: start, to: end, series: series)
        }
        page.facts = (0..<300).map {
            AssetFact(
                Fact("user", "user-\($0)", "shell", value: "/usr/sbin/nologin"), source: "agent",
                firstSeen: start, lastSeen: end)
        }
        page.changes = (0..<60).map {
            AssetChange(
                at: end - .seconds($0), source: "agent",
                .fact(path: "package/lib\($0):amd64/version", old: "1.2.3-1+deb12u1", new: "1.2.3-2+deb12u2"))
        }
        let size = page.html(for: Samples.viewer()).utf8.count
        #expect(size < 150_000, "\(size) bytes")
    }

    @Test func theWayThereIsShownBesideTheWayBefore() {
        var page = Samples.asset
        #expect(!page.html(for: Samples.viewer()).contains("id=\"paths\""))
        page.paths = Samples.paths
        let html = page.html(for: Samples.viewer())
        #expect(html.contains("<h2 id=\"paths\">Đường đi tới đích</h2>"))
        #expect(html.contains("<code>web-1/icmp</code> <span class=\"lost\">Sau 10.0.0.1 không còn ai trả lời.</span>"))
        #expect(
            html.contains(
                "<tr class=\"other\"><th scope=\"row\">2</th><td><code>10.1.1.1</code></td>"
                    + "<td><span class=\"grey\">không trả lời</span></td></tr>"))
        #expect(html.contains("<code>web-1/icmp-6</code> <span class=\"grey\">Tới đích sau 1 chặng.</span>"))
        page.paths = [Samples.paths[0]]
        let english = page.html(for: Samples.viewer(.english))
        #expect(english.contains("<p><span class=\"lost\">Nobody answers after 10.0.0.1.</span></p>"))
        page.paths[0].now.hops.removeLast()
        (page.paths[0].now.end, page.paths[0].now.detail) = (.refused, "host-unreachable")
        #expect(
            page.html(for: Samples.viewer()).contains("10.0.0.1 báo không tới được đích: thiết bị không trả lời nó."))
        page.isBrief = true
        #expect(!page.html(for: Samples.viewer()).contains("id=\"paths\""))
    }

    @Test func theSpanOfChartsIsChosenByLinks() {
        var page = Samples.asset
        page.span = .day
        let html = page.html(for: Samples.viewer())
        #expect(html.contains("<a href=\"/assets/web-1\">1 giờ</a>"))
        #expect(html.contains("<a href=\"/assets/web-1?span=24h\" aria-current=\"true\">1 ngày</a>"))
        #expect(html.contains("<a href=\"/assets/web-1?span=7d\">7 ngày</a>"))
    }

    @Test func theAuditSaysWhenWhoWhatAndToWhat() throws {
        let html = try Self.html("audit", .vietnamese)
        #expect(html.contains("05/04/2023 13:06:38"))
        #expect(html.contains("Đổi mật khẩu</td>"))
        #expect(html.contains("brand-new"))
        #expect(html.contains("<span class=\"grey\">trên máy chủ này</span>"))
        #expect(html.contains("href=\"/audit?after=20\""))
        #expect(html.contains("href=\"/audit?before=17\""))
    }

    @Test func aMachineThatFellSilentHasNoPresentValue() {
        var page = Samples.emptyOverview
        page.machines = [.init(asset: "a", site: "", standing: .unknown, cpu: [0.37, nil])]
        #expect(!page.html(for: Samples.viewer(.english)).contains("37\u{202F}%"))
    }

    @Test func whatIsWellFoldsAwayAndWhatIsBrokenIsOpen() throws {
        let html = try Self.html("sites")
        let branches = html.matches(of: /<details class="branch[^>]*?( open)?>\s*<summary><h[23]>([^<]*)/)
            .map { "\($0.2)\($0.1 ?? "")" }
        #expect(branches == ["UBND tỉnh open", "UBND huyện A open", "UBND huyện B"])
        #expect(html.contains("<details class=\"level\">\n<summary><h3>Departments</h3>"))
        #expect(html.contains("No address yet"))
        #expect(html.contains("<span class=\"bare\">UBND xã số 4</span>"))
        let found = Samples.sites(.init(text: "x")).html(for: Samples.viewer(.english))
        #expect(found.matches(of: /<details class="(branch|level)[^>]*>/).allSatisfy { $0.0.hasSuffix(" open>") })
    }

    @Test(arguments: [
        ("2023-04-05", "ends today"), ("2023-04-06", "ends in 1 day"), ("2023-05-05", "ends in 30 days"),
        ("2023-04-04", "ended"), ("1999-12-31", "ended"),
    ])
    func aWarrantySaysHowLongItLasts(_ day: String, words: String) {
        let html = AssetPage(name: "a", assetClass: "codec", book: [BookEntry("warranty", day)], standing: .up)
            .html(for: Samples.viewer(.english))
        #expect(html.contains(day) && html.contains(">\(words)<"))
    }

    @Test func theTotalsOfAUnitHoldWhatIsBelow() throws {
        let html = try Self.html("totals")
        #expect(
            html.contains(
                "<tr class=\"whole\"><th scope=\"row\" class=\"d0\"><a href=\"/assets?unit=tinh\">UBND tỉnh</a>"))
        #expect(html.contains("Printed 2023-04-05 13:07:08 by mai.tran"))
        #expect(html.contains("16,560,000,000"))
        #expect(html.contains("27 units without assets are left out."))
        var page = Samples.totals
        page.measure = .value
        #expect(page.html(for: Samples.viewer()).contains("<td class=\"number\">2.200.000.000</td>"))
    }

    @Test func chartsAreUpgradedOnlyWhereTheSystemCan() throws {
        #expect(try !Self.html("asset").contains("charts.js"))
        var viewer = Samples.viewer()
        viewer.charts = .init(script: "/static/dygraph.min.js?v=1", stylesheet: "/static/dygraph.min.css?v=1")
        let html = Samples.asset.html(for: viewer)
        #expect(html.contains("<script src=\"/static/dygraph.min.js?v=1\" defer></script>"))
        #expect(html.contains("data-series=\"/assets/web-1/series?span=1h\""))
        #expect(!Samples.overview.html(for: viewer).contains("dygraph"))
    }

    @Test func aFilterKeepsItsWordsWhenPagesAreTurned() throws {
        let html = try Self.html("assets")
        #expect(html.contains("href=\"/assets?q=x%C3%A3&amp;unit=huyen&amp;page=3\""))
        #expect(html.contains("href=\"/assets?q=x%C3%A3&amp;unit=huyen\""))
    }

    @Test func anUnknownReasonIsShownAsItStands() {
        var page = Samples.emptyOverview
        page.troubles = [
            .init(asset: "a", site: "", standing: .down, reason: Reason("brand-new-code"), since: Samples.now)
        ]
        #expect(page.html(for: Samples.viewer()).contains("brand-new-code"))
    }

    @Test func staticFilesHaveTypesAndTags() throws {
        #expect(Static.names == ["charts.js", "haidang.css", "haidang.js", "haidang.svg"])
        let sheet = try #require(Static.asset(named: "haidang.css"))
        #expect(sheet.contentType == "text/css; charset=utf-8")
        #expect(sheet.etag.hasPrefix("\"") && sheet.etag.hasSuffix("\""))
        #expect(Static.asset(named: "../Package.swift") == nil)
    }
}
