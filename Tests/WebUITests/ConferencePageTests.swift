import Conferences
import Testing
import Vocabulary
import WebUI

@Suite struct ConferencePageTests {
    private func sentence(_ name: String, _ language: Language) throws -> String {
        let conference = Samples.conference.conference
        let site = try #require(conference.sites.first { $0.site == name })
        let sharing = site.blame.flatMap { conference.shared[$0] } ?? 0
        return ReadinessSentence(site, blame: "", sharing: sharing, language: language).text
    }

    @Test(arguments: Language.allCases)
    func everyTroubleHasAWordOfItsOwn(_ language: Language) {
        let words = KnownTrouble.allCases.map(Words.of(language).trouble)
        #expect(Set(words).count == KnownTrouble.allCases.count)
        #expect(!words.contains(""))
        let others = Set(KnownTrouble.allCases.map(Words.of(language == .english ? .vietnamese : .english).trouble))
        #expect(others.isDisjoint(with: words))
    }

    @Test(arguments: Language.allCases)
    func eachKindOfTroubleReadsOtherwiseAndWithoutACode(_ language: Language) throws {
        let names = Samples.troubles.map(\.name) + ["shared-1", "works", "closed-now", "well", "bare"]
        let sentences = try names.map { try sentence($0, language) }
        #expect(Set(sentences).count == sentences.count)
        for (name, sentence) in zip(names, sentences) where name != "elsewhere" {
            #expect(
                sentence.wholeMatch(of: /.*[a-z]+-[a-z]+-?[a-z]*.*/) == nil || name == "shared-1" || name == "works",
                "\(sentence)")
            #expect(sentence.count < 90, "\(sentence)")
        }
    }

    @Test func aClerkReadsWhatToDo() throws {
        let expected: [(String, vi: String, en: String)] = [
            ("cut", "Đứt đường truyền: không tới được điểm cầu", "The line is cut: the site cannot be reached"),
            (
                "hangs", "Thiết bị hội nghị bật nhưng không nhận cuộc gọi: bị treo, cần khởi động lại",
                "The codec is on but takes no calls: it hangs and wants restarting"
            ),
            (
                "expiring", "Chứng thư sẽ hết hạn ngày 10/04/2023: cần gia hạn",
                "The certificate ends on 2023-04-10: it has to be renewed"
            ),
            (
                "shared-1", "Mất liên lạc cùng 2 điểm cầu khác: carrier-3 hỏng",
                "Cut off with 2 other sites: carrier-3 is down"
            ),
            ("works", "Đang bảo trì đến 05/04/2023 14:37: thay-cap", "In maintenance until 2023-04-05 14:37: thay-cap"),
            ("closed-now", "Ngoài giờ hoạt động đến 05/04/2023 15:37", "Outside its hours until 2023-04-05 15:37"),
            (
                "blind", "Chưa nối máy quay: nơi khác không nhìn thấy phòng họp",
                "No camera is connected: others cannot see the room"
            ),
            ("elsewhere", "SIP/H.323: a-code-from-elsewhere", "SIP/H.323: a-code-from-elsewhere"),
            ("bare", "Không theo dõi", "Not watched"), ("well", "Sẵn sàng", "Ready"),
        ]
        for (name, vietnamese, english) in expected {
            #expect(try sentence(name, .vietnamese) == vietnamese)
            #expect(try sentence(name, .english) == english)
        }
    }

    @Test func whatIsOutOfSightIsNotNamed() throws {
        let site = SiteReadiness(
            Samples.conferenceSite("a", ["line/icmp": .down(Reason("no-reply"))], blame: .init("", incident: 3)))
        let text = ReadinessSentence(site, blame: "", sharing: 2, language: .english).text
        #expect(text == "Cut off with 1 other site: an asset out of your sight is down")
    }

    @Test func aStateIsAShapeAndAWordAndANumberCanBeCalled() throws {
        let html = try PageTests.html("conference")
        for sign in ["ok", "down", "degraded", "unknown", "behind", "maintenance", "outside-hours", "not-watched"] {
            #expect(html.contains("<symbol id=\"sign-\(sign)\""))
            #expect(html.contains("<use href=\"#sign-\(sign)\"/></svg><b>"))
        }
        #expect(html.contains("href=\"tel:0912345678\""))
        #expect(html.contains("href=\"/incidents/12\""))
        let rows = html.matches(of: /<tr class="([a-z-]+)">/).map { String($0.1) }
        #expect(rows.count == Samples.conferenceSites.count)
        let order = SiteReadiness.Verdict.allCases.map(\.rawValue)
        let places = rows.compactMap(order.firstIndex(of:))
        #expect(places == places.sorted())
    }

    @Test func filtersKeepOneAnother() throws {
        let html = try PageTests.html("conference-none")
        #expect(html.contains("<input type=\"hidden\" name=\"level\" value=\"commune\">"))
        #expect(html.contains("href=\"/conference?q=x&amp;level=district&amp;state=down&amp;gate=line\""))
        #expect(html.contains("<option value=\"line\" selected>"))
    }

    /// 120 rows come every five seconds.
    @Test func aProvinceIsLight() {
        let sites = (1...120).map { Samples.conferenceSite("diem-cau-\($0)") }
        let conference = Conference(sites, levels: ["commune"])
        let page = ConferencePage(
            conference: conference, levels: ["commune"],
            rows: conference.sites.map { .init(Named($0.site, title: "Xã An Tây số 1"), $0, contact: Samples.phone) })
        #expect(page.html(for: Samples.viewer()).utf8.count < 250_000)
    }
}
