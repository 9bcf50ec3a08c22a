import Curl
import Inventory
import Portal
import Resources
import Storage
import TestSupport
import Testing
import Vocabulary
import WebUI

/// Pages of sites, of the book and of what lies between, over a small organisation that was applied as a file.
@Suite struct PlacesTests {
    static let organisation = """
        {apiVersion: haidang/v1, kind: Unit, name: tinh, title: UBND tỉnh, level: province}
        ---
        {apiVersion: haidang/v1, kind: Unit, name: so, title: Sở Y tế, level: department, parent: tinh}
        ---
        {apiVersion: haidang/v1, kind: Unit, name: huyen, title: UBND huyện Bến Cát, level: district, parent: tinh}
        ---
        {apiVersion: haidang/v1, kind: Unit, name: xa, title: UBND xã An Điền, level: commune, parent: huyen}
        ---
        {apiVersion: haidang/v1, kind: Unit, name: vang, title: UBND xã Vắng, level: commune, parent: huyen}
        ---
        apiVersion: haidang/v1
        kind: Site
        name: xa-an-dien
        title: Điểm cầu xã An Điền
        units: [xa]
        address: Số 1 đường Lê Lợi
        latitude: 11.1
        longitude: 106.5
        contacts:
          - {name: Nguyễn Văn A, role: cán bộ CNTT, phone: "0274 3 123 456", mail: a@example.vn}
          - {name: Trần Thị B}
        ---
        {apiVersion: haidang/v1, kind: Site, name: kho, title: Kho thiết bị}
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: line-1
        class: line
        unit: huyen
        book: {title: Đường truyền xã, price: 5000000}
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: codec-1
        class: codec
        unit: xa
        site: xa-an-dien
        via: [line-1]
        book: {title: Thiết bị hội nghị, code: BD-0001, serial: FTX99, custodian: Lê Thị Nở, price: 120000000,
          warranty: 2024-05-01}
        ---
        {apiVersion: haidang/v1, kind: Asset, name: codec-2, class: codec, site: xa-an-dien, address: 127.0.0.1}
        """

    /// A signed-in browser in front of that organisation.
    private static func open(_ body: (Site, Browser) async throws -> Void) async throws {
        try await Site.open { site in
            try await site.add("lan")
            // Who asks the addresses of the file.
            try await site.enrol("web-1")
            let (resources, now) = (try ResourceReader.read(Self.organisation, file: "organisation"), site.clock.now)
            _ = try await site.database.write { connection in
                try ApplyPlan.apply(resources, by: "lan", at: now, in: connection)
            }
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            _ = try await browser.post("/preferences", ["language": "vi", "theme": "light", "return": "/"])
            try await body(site, browser)
        }
    }

    @Test func everySiteAndEveryUnitIsInTheTree() async throws {
        try await Self.open { _, browser in
            let page = try await browser.get("/sites")
            #expect(page.status == 200)
            for title in [
                "UBND tỉnh", "Sở Y tế", "UBND huyện Bến Cát", "Điểm cầu xã An Điền", "UBND xã Vắng", "Kho thiết bị",
            ] { #expect(page.text.contains(title), "\(title)") }
            #expect(page.text.contains("2 điểm cầu, 5 đơn vị"))
            #expect(page.text.contains("href=\"tel:02743123456\""))
            #expect(page.text.contains("Không thuộc đơn vị nào"))
            #expect(page.text.contains("<a href=\"/assets?site=xa-an-dien\">2 tài sản</a>"))
        }
    }

    /// `vang` is a commune where nothing is: found as a unit, never by the state of its sites.
    @Test(arguments: [
        ("q=an%20dien", ["xa-an-dien"]), ("q=DIEN%20AN", ["xa-an-dien"]), ("q=le+loi", ["xa-an-dien"]),
        ("q=kho", ["kho"]), ("level=commune", ["xa-an-dien", "vang"]), ("level=province", []),
        ("q=xa+vang", ["vang"]), ("q=vang&level=district", []), ("q=vang&state=unknown", []),
        ("state=not-configured", ["kho"]), ("state=unknown", ["xa-an-dien"]), ("state=down", []), ("q=zzz", []),
        ("q=&level=&state=", ["xa-an-dien", "kho", "vang"]),
    ])
    func theTreeIsSearchedAndFiltered(_ query: String, found: [String]) async throws {
        try await Self.open { _, browser in
            let page = try await browser.get("/sites?\(query)").text
            for name in ["xa-an-dien", "kho"] {
                #expect(page.contains("href=\"/sites/\(name)\"") == found.contains(name), "\(query) \(name)")
            }
            #expect(page.contains("UBND xã Vắng") == found.contains("vang"), "\(query)")
        }
    }

    @Test func aSiteSaysWhereItIsAndWhomToCall() async throws {
        try await Self.open { _, browser in
            let page = try await browser.get("/sites/xa-an-dien").text
            for part in [
                "<h1>Điểm cầu xã An Điền</h1>", "UBND tỉnh", "UBND huyện Bến Cát", "Số 1 đường Lê Lợi",
                "href=\"geo:11.1,106.5\"", "11.10000, 106.50000", "href=\"mailto:a@example.vn\"", "cán bộ CNTT",
                "Trần Thị B", "href=\"/assets/codec-1\">Thiết bị hội nghị</a>", "Chưa đo lần nào",
            ] { #expect(page.contains(part), "\(part)") }
            #expect(try await browser.get("/sites/nowhere").status == 404)
        }
    }

    @Test func anAssetShowsItsBookItsLinksAndWhomToCall() async throws {
        try await Self.open { site, browser in
            let page = try await browser.get("/assets/codec-1").text
            for part in [
                "<h1>Thiết bị hội nghị</h1>", "BD-0001", "FTX99", "Lê Thị Nở", "120.000.000\u{00A0}đ", "01/05/2024",
                "<span class=\"over\">đã hết hạn</span>", "href=\"/assets/line-1\">Đường truyền xã</a>",
                "href=\"/sites/xa-an-dien\"", "href=\"/assets?unit=xa\">UBND xã An Điền</a>", "Nguyễn Văn A",
            ] { #expect(page.contains(part), "\(part)") }
            let line = try await browser.get("/assets/line-1").text
            #expect(line.contains("Phụ thuộc vào tài sản này") && line.contains("href=\"/assets/codec-1\""))
        }
    }

    @Test(arguments: [
        ("q=le%20thi%20no", 1), ("q=le+thi+no", 1), ("q=le%2Bthi", 0), ("q=bd-0001", 1), ("q=ftx", 1),
        ("q=an%20dien", 2), ("q=ben%20cat", 1),
        ("unit=huyen", 2),
        ("unit=so", 0), ("unit=nowhere", 0), ("site=xa-an-dien", 2), ("site=xa-an-dien&class=codec&unit=tinh", 1),
        ("class=line", 1), ("state=not-configured", 4), ("q=", 4),
    ])
    func theBookIsSearchedAndFiltered(_ query: String, count: Int) async throws {
        try await Self.open { _, browser in
            let page = try await browser.get("/assets?\(query)").text
            let rows = page.matches(of: /<th scope="row"><a href="\/assets\//).count
            #expect(rows == count, "\(query)")
        }
    }

    @Test func theListSaysWhatMatchesIsWorth() async throws {
        try await Self.open { _, browser in
            #expect(try await browser.get("/assets").text.contains("4 tài sản, nguyên giá 125.000.000\u{00A0}đ"))
            let some = try await browser.get("/assets?unit=xa").text
            #expect(some.contains("1 trong 4 tài sản, nguyên giá 120.000.000\u{00A0}đ"))
        }
    }

    @Test func theTotalsAddUpAndAreTheSameTwice() async throws {
        try await Self.open { site, browser in
            let page = try await browser.get("/totals").text
            #expect(page.contains("In lúc ") && page.contains("người in: lan"))
            let rows = page.matches(of: /<tr[^>]*><th scope="row" class="(d\d)">(.*?)<\/tr>/).map { match in
                "\(match.1) " + match.2.replacing(/<[^>]*>/, with: " ").split(separator: " ").joined(separator: " ")
            }
            #expect(
                rows == [
                    "d0 UBND tỉnh 1 1 – 2 125.000.000 1 –", "d1 UBND huyện Bến Cát 1 1 – 2 125.000.000 1 –",
                    "d2 Của chính đơn vị – 1 – 1 5.000.000 1 –", "d2 UBND xã An Điền 1 – – 1 120.000.000 – –",
                    "d0 Chưa ghi đơn vị 1 – 1 2 – 2 2",
                ])
            #expect(page.contains("2 đơn vị không có tài sản nào"))
            #expect(try await browser.get("/totals").text == page)
            #expect(try await browser.get("/totals?show=value").text.contains("<td class=\"number\">120.000.000</td>"))
        }
    }

    @Test func theOverviewCountsSitesWithoutAnAddressAndSaysWhomToCall() async throws {
        try await Self.open { site, browser in
            #expect(try await browser.get("/").text.contains("1 điểm cầu, chưa có địa chỉ"))
            let now = site.clock.now
            try await site.database.write { connection in
                let check = try #require(try CheckStore(connection).find(CheckName(asset: "codec-2", part: "icmp")))
                let change = StateChange(
                    check: CheckName(asset: "codec-2", part: "icmp"), outcome: .down(Reason("timeout")), since: now,
                    confirmed: now, runs: 3)
                try ConditionStore(connection).set(change, checkID: check.id)
            }
            let page = try await browser.get("/").text
            #expect(page.contains("href=\"/sites/xa-an-dien\">Điểm cầu xã An Điền</a>"))
            #expect(page.contains("Nguyễn Văn A"))
        }
    }

    @Test func everyFieldOfTheBookIsWorded() {
        #expect(Set(BookField.allCases.map(\.rawValue)) == Set(KnownField.allCases.map(\.rawValue)))
    }

    @Test func hostileQueriesAreHarmless() async throws {
        try await Self.open { _, browser in
            for value in ["%00", "'%20OR%201=1--", "%ff", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%25", "{{page}}"] {
                for path in [
                    "/sites?q=\(value)&level=\(value)&state=\(value)", "/assets?unit=\(value)&site=\(value)",
                    "/totals?show=\(value)", "/audit?before=\(value)", "/audit?after=\(value)",
                    "/assets/codec-1/series?span=\(value)",
                ] {
                    let page = try await browser.get(path)
                    #expect(page.status == 200, "\(path)")
                    #expect(!page.text.contains("<script>alert"), "\(path)")
                }
                #expect(try await browser.get("/sites/\(value)").status == 404)
            }
        }
    }

    @Test func aReaderOfOneUnitSeesNothingOfTheOthers() async throws {
        try await Self.open { site, _ in
            try await site.add("binh", role: .reader, unit: "xa")
            let browser = Browser(site)
            _ = try await browser.signIn("binh")
            let page = try await browser.get("/sites").text
            #expect(page.contains("Điểm cầu xã An Điền") && page.contains("UBND xã An Điền"))
            #expect(!page.contains("Kho thiết bị") && !page.contains("Sở Y tế") && !page.contains("/audit"))
            #expect(try await browser.get("/sites/kho").status == 404)
            #expect(try await !browser.get("/totals").text.contains("5.000.000"))
            #expect(try await !browser.get("/assets/codec-1").text.contains("line-1"))
            #expect(try await browser.get("/assets/line-1/series").status == 404)
            let assets = try await browser.get("/assets?q=").text
            #expect(assets.matches(of: /<th scope="row"><a href="\/assets\//).count == 1)
        }
    }

    @Test(arguments: ["/sites", "/sites/kho", "/totals", "/assets/codec-1/series"])
    func aStrangerSeesNothing(_ path: String) async throws {
        try await Self.open { site, _ in
            let answer = try await site.send("GET", path)
            #expect(answer.status == 303 && !answer.text.contains("kho"))
        }
    }
}
